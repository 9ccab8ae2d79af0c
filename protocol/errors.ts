/** Every error that crosses a wire: one table of stable codes with HTTP status and whether trying again can help. */
import { z } from 'zod';

const entry = <S extends number>(status: S, retryable: boolean) => ({ status, retryable });

/** Code → HTTP status and whether the same request may succeed later. Codes are stable; texts are not. */
export const ERROR_CODES = {
  'bad-request': entry(400, false),
  'not-signed-in': entry(401, false),
  'wrong-credentials': entry(401, false),
  'setup-link-invalid': entry(403, false),
  'not-allowed': entry(403, false),
  'not-found': entry(404, false),
  'in-use': entry(409, false),
  conflict: entry(409, false),
  'does-not-fit': entry(409, false),
  'pairing-code-unknown': entry(404, false),
  'already-paired': entry(409, false),
  'media-unreadable': entry(422, false),
  'media-codec-unknown': entry(422, false),
  'media-duration-wrong': entry(422, false),
  'upload-incomplete': entry(422, true),
  'too-large': entry(413, false),
  'too-many-requests': entry(429, true),
  'protocol-version': entry(400, false),
  'proof-of-key-failed': entry(403, false),
  'player-offline': entry(409, true),
  'player-silent': entry(504, true),
  'disk-full': entry(507, true),
  unavailable: entry(503, true),
  internal: entry(500, true),
} as const satisfies Record<string, { status: number; retryable: boolean }>;

/** One of the codes of {@link ERROR_CODES}. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** One fault of an input: where it is, the value found there and what is allowed. */
export const faultSchema = z.object({ place: z.string(), value: z.string(), allowed: z.string() });

/** One fault of an input. */
export type Fault = z.infer<typeof faultSchema>;

/** The one shape of an error on every wire. `message` is English for logs; interfaces word `code` in their own language. */
export const wireErrorSchema = z.object({
  error: z.object({
    code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]),
    message: z.string(),
    faults: z.array(faultSchema),
    retryable: z.boolean(),
  }),
});

/** The one shape of an error on every wire. */
export type WireError = z.infer<typeof wireErrorSchema>;

/** Builds the wire form of an error. */
export function wireError(code: ErrorCode, message: string, faults: Fault[] = []): WireError {
  return { error: { code, message, faults, retryable: ERROR_CODES[code].retryable } };
}

/** Turns zod's issues into faults; `root` is what the input is called, `input` what was given. */
export function faultsOf(error: z.ZodError, input: unknown, root = ''): Fault[] {
  return error.issues.map((issue) => ({
    place: cut([root, ...issue.path.map(String)].filter((part) => part !== '').join('.') || '(whole)', 300),
    value: shorten(valueAt(input, issue.path)),
    allowed: cut(issue.message, 1000),
  }));
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let at: unknown = input;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Reflect.get(at, key);
  }
  return at;
}

const shorten = (value: unknown): string =>
  cut(value === undefined ? 'missing' : (JSON.stringify(value) ?? String(value)), 120);

/** Inputs name their own places and keys, at any length. */
const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 3)}…` : text);
