/** Shows enrolments to whoever is to vouch for them, and signs them. */
import { createHash } from 'node:crypto';
import { type Enrolment, endorsementMessage } from '../../domain/proof/endorsement.ts';
import { formatNote } from '../../domain/tlog/signed-note.ts';
import type { EnrolmentView } from '../../protocol/http/enrolment-api.ts';
import { readEntryOf } from '../../protocol/log-entry.ts';
import type { SigningKey } from '../../server/tlog/key-files.ts';
import { signByNode } from '../../server/tlog/raw-keys.ts';

/** An enrolment that is sound in itself: the device is the hash of its public key. */
export type SoundEnrolment = { view: EnrolmentView; enrolment: Enrolment };

/** Those that `key` did not sign yet, of `screens` only (empty: of all); `unsound`: texts that are no enrolments, which nobody should sign. */
export function pendingFor(
  { note }: SigningKey,
  views: readonly EnrolmentView[],
  screens: readonly string[],
): { pending: SoundEnrolment[]; unsound: string[] } {
  const pending: SoundEnrolment[] = [];
  const unsound: string[] = [];
  for (const view of views) {
    const enrolment = readEntryOf('enrolment', view.entry);
    if (!enrolment || enrolment.device !== deviceOf(enrolment)) unsound.push(view.entry);
    else if (screens.length > 0 && !screens.includes(enrolment.screen)) continue;
    else if (!view.signedBy.some(({ name, id }) => name === note.name && id === note.id)) {
      pending.push({ view, enrolment });
    }
  }
  return { pending, unsound };
}

const deviceOf = ({ publicKey }: Enrolment): string =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex');

/** An enrolment as lines for a person. Names come from the server and are not signed; nothing in them moves the cursor. */
export function linesOf({ view, enrolment }: SoundEnrolment): string {
  const { screen, device, assurance, atMs } = enrolment;
  const names = [view.screenName ?? 'removed since', view.siteName].filter((name) => name !== null).map(printable);
  return `${screen}  ${names.join(', ')}
  device    ${device}
  enrolled  ${new Date(atMs).toISOString()}, class ${assurance}
`;
}

/** Letters that a terminal would act on, or that turn the order of others round, are shown as a question mark. */
const printable = (text: string): string => text.replace(/\p{C}/gu, '?');

/** The signed note of an enrolment. */
export function signEnrolment({ note, privateKey }: SigningKey, { view }: SoundEnrolment): string {
  const text = endorsementMessage(view.entry);
  return formatNote({ text, signatures: [{ ...note, signature: signByNode(text, privateKey) }] });
}
