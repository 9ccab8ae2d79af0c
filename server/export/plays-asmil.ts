/**
 * Plays as a play log of A-SMIL (a-smil.org, "Play logs"), which is POPAI's playlog without its redundant fields. It has no place for how a play
 * ended: what stands in it was played, so that only plays that count do.
 */
import type { ExportedPlay, ExportScope } from './exported-plays.ts';
import { type RunWriter, screenRuns } from './screen-runs.ts';
import { XML_DECLARATION, xmlElement, xmlText } from './xml-text.ts';

const NAMESPACE = 'http://schemas.adfotain.org/adapi-1.0';
const LOG_VERSION = '1.0';

const writer: RunWriter = {
  open: (screenId) => `<player id="${xmlText(screenId)}"><contentPlayLog>\n`,
  play: ({ item, startLocal, endLocal }) =>
    `<contentPlayed>${xmlElement('contentId', item)}${xmlElement('startTime', startLocal)}${xmlElement('endTime', endLocal)}</contentPlayed>\n`,
  close: '</contentPlayLog></player>\n',
};

/** Pieces of the file; `atMs` is when it was made. */
export async function* playsAsmil(
  plays: AsyncIterable<ExportedPlay>,
  { screen, atMs }: ExportScope,
): AsyncGenerator<string> {
  const madeAt = `${new Date(atMs).toISOString().slice(0, 19)}Z`;
  yield `${XML_DECLARATION}<report xmlns="${NAMESPACE}">\n`;
  yield `${xmlElement('date', madeAt)}\n${xmlElement('version', LOG_VERSION)}\n`;
  yield* screenRuns(counted(plays), screen, writer);
  yield '</report>\n';
}

async function* counted(plays: AsyncIterable<ExportedPlay>): AsyncGenerator<ExportedPlay> {
  for await (const play of plays) if (play.counted) yield play;
}
