/**
 * Plays as play logs of ITU-T H.782 (11/2018), Table 10: its names, order and types. The Recommendation gives no namespace and no root above a
 * `PlayLog`; where several screens are asked for `PlayLogs` is ours.
 */
import type { Play } from '../../protocol/http/views.ts';
import type { ExportedPlay, ExportScope } from './exported-plays.ts';
import { type RunWriter, screenRuns } from './screen-runs.ts';
import { XML_DECLARATION, xmlElement } from './xml-text.ts';

const writer: RunWriter = {
  open: (screenId) => `<PlayLog>${xmlElement('TerminalIdRef', screenId)}\n`,
  play: (play) =>
    `<LogItem>${[
      xmlElement('StartDateTime', play.startLocal),
      xmlElement('EndDateTime', play.endLocal),
      xmlElement('LogItemType', 'ContentLog'),
      xmlElement('ContentIdRef', play.item),
      xmlElement('PlayStatus', statusOf(play)),
      xmlElement('ProofOfPlay', play.recordSha),
    ].join('')}</LogItem>\n`,
  close: '</PlayLog>\n',
};

/** Pieces of the file. */
export async function* playsH782(plays: AsyncIterable<ExportedPlay>, { screen }: ExportScope): AsyncGenerator<string> {
  yield XML_DECLARATION;
  if (screen === null) yield '<PlayLogs>\n';
  yield* screenRuns(plays, screen, writer);
  if (screen === null) yield '</PlayLogs>\n';
}

/** The values that Table 10 suggests, and one of ours: what ran to its end is no success where it does not count. */
function statusOf({ outcome, counted }: Pick<Play, 'outcome' | 'counted'>): string {
  switch (outcome) {
    case 'complete':
      return counted ? 'success' : 'not counted';
    case 'cut':
      return 'content interruption';
    case 'failed':
      return 'content failure';
  }
}
