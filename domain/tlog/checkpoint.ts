/** Checkpoints: what a log says its tree is, and what its cosigners say about that (C2SP tlog-checkpoint and tlog-cosignature). */
import { fromBase64, toBase64 } from './base64.ts';
import { KEY_TYPES, type Note, type NoteKey, parseNote, signaturesOf } from './signed-note.ts';

/** A tree head. `root`: 32 bytes. */
export type TreeHead = { origin: string; size: number; root: Uint8Array };

/** A checkpoint as it was read: the head, and the note that carries it. */
export type Checkpoint = TreeHead & { note: Note };

/** Whether `signature` over the message is by the public key of that kind; a string stands for its UTF-8. */
export type VerifySignature = (
  kind: 'ed25519' | 'ml-dsa-44',
  publicKey: Uint8Array,
  message: Uint8Array | string,
  signature: Uint8Array,
) => boolean | Promise<boolean>;

const ROOT_BYTES = 32;
const TIME_BYTES = 8;
const SIZE = /^(0|[1-9]\d{0,15})$/;

/** The text that is signed for a head. */
export const checkpointText = ({ origin, size, root }: TreeHead): string => `${origin}\n${size}\n${toBase64(root)}\n`;

/** The checkpoint of a signed note; null for what is none. Lines after the third are refused: nobody vouches for them. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const note = parseNote(text);
  const [origin = '', size = '', encoded = '', , ...more] = note?.text.split('\n') ?? [];
  const root = fromBase64(encoded);
  if (!note || origin === '' || !SIZE.test(size) || root?.length !== ROOT_BYTES) return null;
  const isSound = more.length === 0 && Number.isSafeInteger(Number(size));
  return isSound ? { origin, size: Number(size), root, note } : null;
}

/** A signature that stands: when it was made (s since 1970), null where its kind does not say. */
export type Standing = { timeS: number | null };

/** What `key` says of the checkpoint: its signature where that verifies, `forged` where one bears its name and does not, null where there is none. */
export async function signatureBy(
  checkpoint: Checkpoint,
  key: NoteKey,
  verify: VerifySignature,
): Promise<Standing | 'forged' | null> {
  let found: Standing | null = null;
  for (const { signature } of signaturesOf(checkpoint.note, key)) {
    const timeS = key.type === KEY_TYPES.ed25519 ? null : timeOf(signature);
    const bare = timeS === null ? signature : signature.subarray(TIME_BYTES);
    const kind = key.type === KEY_TYPES.cosignMlDsa44 ? 'ml-dsa-44' : 'ed25519';
    if (!(await verify(kind, key.publicKey, signedMessage(checkpoint, key, timeS ?? 0), bare))) return 'forged';
    found ??= { timeS };
  }
  return found;
}

/** The message that a key of this kind signs for a head at `timeS`. */
export function signedMessage(head: TreeHead, key: Pick<NoteKey, 'name' | 'type'>, timeS: number): Uint8Array | string {
  if (key.type === KEY_TYPES.ed25519) return checkpointText(head);
  if (key.type === KEY_TYPES.cosignEd25519) return `cosignature/v1\ntime ${timeS}\n${checkpointText(head)}`;
  return Uint8Array.of(
    ...asciiOf('subtree/v1\n\0'),
    ...opaque(key.name),
    ...uint64(timeS),
    ...opaque(head.origin),
    ...uint64(0),
    ...uint64(head.size),
    ...head.root,
  );
}

/** A cosigner's signature with its time before it, as it stands in the note. */
export const timestamped = (timeS: number, signature: Uint8Array): Uint8Array =>
  Uint8Array.of(...uint64(timeS), ...signature);

function timeOf(signature: Uint8Array): number {
  let timeS = 0;
  for (const byte of signature.subarray(0, TIME_BYTES)) timeS = timeS * 256 + byte;
  return timeS;
}

function uint64(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value, k = 0; k < 8; k += 1, rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return bytes;
}

/** Names of logs and cosigners are ASCII; what is not fits no key, since nothing verifies under it. */
const asciiOf = (text: string): number[] => Array.from(text, (letter) => (letter.codePointAt(0) ?? 0) & 0x7f);

const opaque = (text: string): number[] => [text.length & 0xff, ...asciiOf(text)];
