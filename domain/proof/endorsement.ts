/** What a unit vouches for with a key of its own: that it knows of an enrolment. No operator can do that in its place. */
import type { VerifySignature } from '../tlog/checkpoint.ts';
import {
  KEY_TYPES,
  type NoteKey,
  type NoteSignature,
  parseNote,
  parseSignatures,
  signatureText,
} from '../tlog/signed-note.ts';
import { parseCanonicalJson } from './canonical-json.ts';
import type { LogEntry } from './log-entry.ts';
import type { Sha256 } from './merkle.ts';
import { hex } from './segment.ts';

/** A key was bound to a screen. */
export type Enrolment = Extract<LogEntry, { kind: 'enrolment' }>;

/** A unit signed that. */
export type Endorsement = Extract<LogEntry, { kind: 'endorsement' }>;

/** First line of what is signed, so that such a signature is good for nothing else. */
const CONTEXT = 'xunbo/enrolment/v1\n';

/** The text of the note that a unit signs for an enrolment: `enrolment` is the exact text of the log's entry. */
export const endorsementMessage = (enrolment: string): string => `${CONTEXT}${enrolment}\n`;

/** The enrolment that a signed note is about, and its signatures as they are entered into the log; null for what is no such note. Nothing is verified here. */
export function readEndorsements(
  note: string,
  sha256: Sha256,
): { enrolment: string; endorsements: Endorsement[] } | null {
  const parsed = parseNote(note);
  if (!parsed?.text.startsWith(CONTEXT)) return null;
  const enrolment = parsed.text.slice(CONTEXT.length, -1);
  const place = placeOf(enrolment);
  if (!place) return null;
  const endorsements = parsed.signatures.map((signature) => ({
    kind: 'endorsement' as const,
    ...place,
    enrolment: hex(sha256(enrolment)),
    unit: signature.name,
    signature: signatureText(signature),
  }));
  return { enrolment, endorsements };
}

/**
 * Whether `key` signed the enrolment of the text `enrolment`: `signed`, or `forged` where the entry bears the key's name and id and that enrolment's hash and
 * does not hold. `other`: it is about another enrolment or by another key.
 */
export async function checkEndorsement(
  endorsement: Endorsement,
  enrolment: string,
  key: NoteKey,
  { sha256, verify }: { sha256: Sha256; verify: VerifySignature },
): Promise<'signed' | 'forged' | 'other'> {
  if (endorsement.enrolment !== hex(sha256(enrolment)) || !isBy(endorsement, key)) return 'other';
  const place = placeOf(enrolment);
  const signature = lineOf(endorsement)?.signature;
  const isOfPlace = place?.screen === endorsement.screen && place.device === endorsement.device;
  if (!signature || !isOfPlace) return 'forged';
  return (await verify('ed25519', key.publicKey, endorsementMessage(enrolment), signature)) ? 'signed' : 'forged';
}

/** Name and id of the key that an entry says to be by; null where its signature is none. */
export function signerOf(endorsement: Endorsement): { name: string; id: string } | null {
  const line = lineOf(endorsement);
  return line && { name: line.name, id: line.id };
}

/** Whether the entry says to be by `key`. */
export function isBy(endorsement: Endorsement, { name, id, type }: NoteKey): boolean {
  const line = lineOf(endorsement);
  return type === KEY_TYPES.ed25519 && line?.name === name && line.id === id;
}

/** The signature as a note has it; null for what is none. */
const lineOf = ({ unit, signature }: Endorsement): NoteSignature | null =>
  parseSignatures(`— ${unit} ${signature}\n`)?.[0] ?? null;

/** Screen and device of an enrolment's text; null for what is none. */
function placeOf(enrolment: string): Pick<Enrolment, 'screen' | 'device'> | null {
  const value = parseCanonicalJson(enrolment)?.value;
  if (typeof value !== 'object' || value === null) return null;
  const { kind, screen, device } = Object.fromEntries(Object.entries(value));
  if (kind !== 'enrolment' || typeof screen !== 'string' || typeof device !== 'string') return null;
  return { screen, device };
}
