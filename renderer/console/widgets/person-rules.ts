/** What a sign-in name and a password must be, for forms; the server checks both again. */

/** A sign-in name: 2 to 32 of a-z 0-9 . _ -, starting with a letter or digit. */
export const LOGIN_PATTERN = /^[a-z0-9][a-z0-9._-]{1,31}$/;

/** Fewest characters of a password. */
export const PASSWORD_MIN = 10;
