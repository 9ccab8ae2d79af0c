/** Ids for what is made in the console. */

/** A fresh id `prefix-xxxxxxxxxx` of 50 random bits, in letters that cannot be mistaken for each other. */
export function newId(prefix: string): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz234567890';
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return `${prefix}-${Array.from(bytes, (byte) => letters[byte % 32]).join('')}`;
}
