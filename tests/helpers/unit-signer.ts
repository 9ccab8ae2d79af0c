/** Units that sign enrolments in tests. */
import { createHash } from 'node:crypto';
import { type Enrolment, endorsementMessage } from '../../domain/proof/endorsement.ts';
import { formatNote } from '../../domain/tlog/signed-note.ts';
import type { SigningKey } from '../../server/tlog/key-files.ts';
import { makeSigner } from '../../server/tlog/note-signer.ts';
import { signByNode } from '../../server/tlog/raw-keys.ts';

/** A new key of a unit. */
export function unitSigner(name = 'hall.example/unit'): SigningKey {
  const signer = makeSigner(name);
  if (!signer) throw new Error(`${name} is no name of a key`);
  return signer;
}

/** The note by which that key signs an enrolment's text. */
export function signedNote({ note, privateKey }: SigningKey, entry: string, text = endorsementMessage(entry)): string {
  return formatNote({ text, signatures: [{ ...note, signature: signByNode(text, privateKey) }] });
}

/** An enrolment of the device whose public key is 32 times `byte`. */
export function enrolmentOf(byte: number, over: Partial<Enrolment> = {}): Enrolment {
  const raw = Buffer.alloc(32, byte);
  const device = createHash('sha256').update(raw).digest('hex');
  const publicKey = raw.toString('base64');
  return { kind: 'enrolment', screen: 'screen-1', device, publicKey, assurance: 'C', atMs: 1000, ...over };
}
