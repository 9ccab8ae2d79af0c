/** Play logs in XML, read by a browser's parser and held against the structures that were published. */
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PlaysFormat } from '../../protocol/http/plays-export.ts';
import type { ExportedPlay } from '../../server/export/exported-plays.ts';
import { PLAYS_FILES } from '../../server/export/plays-files.ts';
import { launchChromium } from '../helpers/chromium.ts';
import { exportedPlay, HOSTILE_NAMES, SAMPLE_PLAYS, SAMPLES_AT_MS } from '../server/export/play-samples.ts';

/** An element as the parser saw it; `text` is what stands in it, without its elements. */
type Element = {
  name: string;
  namespace: string | null;
  attributes: Record<string, string>;
  text: string;
  within: Element[];
};

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchChromium();
  page = await browser.newPage();
});
afterAll(() => browser?.close());

/** The root element of `xml`; rejects with the parser's own words where it is not well-formed. */
const parsed = (xml: string): Promise<Element> =>
  page.evaluate((source) => {
    const document = new DOMParser().parseFromString(source, 'application/xml');
    const error = document.querySelector('parsererror');
    if (error) throw new Error(error.textContent ?? 'not well-formed');
    const seen = (element: globalThis.Element): Element => ({
      name: element.localName,
      namespace: element.namespaceURI,
      attributes: Object.fromEntries(Array.from(element.attributes, ({ name, value }) => [name, value])),
      text: Array.from(element.childNodes, (node) => (node.nodeType === 3 ? node.nodeValue : '')).join(''),
      within: Array.from(element.children, seen),
    });
    return seen(document.documentElement);
  }, xml);

async function* given(plays: readonly ExportedPlay[]): AsyncGenerator<ExportedPlay> {
  yield* plays;
}

const fileOf = async (format: PlaysFormat, plays: readonly ExportedPlay[], screen: string | null): Promise<string> =>
  (await Array.fromAsync(PLAYS_FILES[format].write(given(plays), { screen, atMs: SAMPLES_AT_MS }))).join('');

/** One row of a table: an element, how often it stands there, and its type or what is in it. */
type Row = { name: string; least: 0 | 1; most: number; holds: RegExp | Row[] };
const row = (name: string, least: 0 | 1, most: number, holds: Row['holds']): Row => ({ name, least, most, holds });

const STRING = /^/;
/** XML Schema part 2, 3.3.4 (of ASCII alone) and 3.2.7 with a zone. */
const NMTOKEN = /^[A-Za-z0-9._:-]+$/;
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)$/;
const MANY = Number.POSITIVE_INFINITY;

/** ITU-T H.782 (11/2018), Table 10. */
const PLAY_LOG = row('PlayLog', 1, 1, [
  row('TerminalIdRef', 1, 1, NMTOKEN),
  row('LogItem', 0, MANY, [
    row('StartDateTime', 1, 1, DATE_TIME),
    row('EndDateTime', 0, 1, DATE_TIME),
    row('Duration', 0, 1, /^P/),
    row('LogItemType', 1, 1, NMTOKEN),
    row('ContentIdRef', 0, 1, NMTOKEN),
    row('PlaylistIdRef', 0, 1, NMTOKEN),
    row('PlayedScreenRegion', 0, 1, [row('ScreenLayoutIdRef', 0, 1, NMTOKEN), row('RegionIdRef', 0, 1, NMTOKEN)]),
    row('PlayStatus', 1, 1, STRING),
    row('ProofOfPlay', 0, 1, STRING),
  ]),
]);

/** a-smil.org, "Play logs"; several players where several screens are asked for. */
const REPORT = row('report', 1, 1, [
  row('date', 1, 1, DATE_TIME),
  row('version', 1, 1, /^1\.0$/),
  row('player', 0, MANY, [
    row('contentPlayLog', 1, 1, [
      row('contentPlayed', 0, MANY, [
        row('contentId', 1, 1, STRING),
        row('startTime', 1, 1, DATE_TIME),
        row('endTime', 1, 1, DATE_TIME),
      ]),
    ]),
  ]),
]);

/** Fails where `element` is not what `wanted` says: names, order, how often, types. */
function expectStructure(element: Element, wanted: Row, namespace: string | null): void {
  expect([element.name, element.namespace]).toEqual([wanted.name, namespace]);
  if (wanted.holds instanceof RegExp) {
    expect(element.within).toEqual([]);
    expect(element.text, element.name).toMatch(wanted.holds);
    return;
  }
  expect(element.text.trim(), element.name).toBe('');
  let at = 0;
  for (const part of wanted.holds) {
    let count = 0;
    for (; element.within[at]?.name === part.name; at += 1) {
      const child = element.within[at];
      if (child) expectStructure(child, part, namespace);
      count += 1;
    }
    expect(count, `${part.name} in ${element.name}`).toBeGreaterThanOrEqual(part.least);
    expect(count, `${part.name} in ${element.name}`).toBeLessThanOrEqual(part.most);
  }
  expect(element.within.slice(at).map(({ name }) => name)).toEqual([]);
}

/** `text` as XML can hold it: production 2 of XML 1.0 leaves out control characters, halves of pairs and two more. */
const readable = (text: string): string =>
  Array.from(text.toWellFormed(), (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    const isForbidden = (code < 0x20 && !'\t\n\r'.includes(sign)) || code === 0xfffe || code === 0xffff;
    return isForbidden ? '\uFFFD' : sign;
  }).join('');

const valuesOf = (element: Element, name: string): string[] =>
  element.name === name ? [element.text] : element.within.flatMap((child) => valuesOf(child, name));

test('[XP4] H.782: one screen is one PlayLog by Table 10, several are PlayLogs of them', async () => {
  const own = SAMPLE_PLAYS.filter((play) => play.screenId === 'screen-1');
  expectStructure(await parsed(await fileOf('h782', own, 'screen-1')), PLAY_LOG, null);
  expectStructure(await parsed(await fileOf('h782', [], 'screen-1')), PLAY_LOG, null);
  const all = await parsed(await fileOf('h782', SAMPLE_PLAYS, null));
  expect(all.name).toBe('PlayLogs');
  for (const log of all.within) expectStructure(log, PLAY_LOG, null);
  expect(valuesOf(all, 'TerminalIdRef')).toEqual(['screen-1', 'lobby.2', 'screen-1']);
  expect(valuesOf(all, 'ProofOfPlay')).toEqual(SAMPLE_PLAYS.map((play) => play.recordSha));
});

test('[XP3] A-SMIL: a report of players, each with what it played, under the published namespace', async () => {
  const namespace = 'http://schemas.adfotain.org/adapi-1.0';
  for (const [plays, screen] of [
    [SAMPLE_PLAYS, null],
    [[], 'screen-1'],
    [[], null],
  ] as const) {
    const report = await parsed(await fileOf('asmil', plays, screen));
    expectStructure(report, REPORT, namespace);
    expect(valuesOf(report, 'contentId')).toHaveLength(plays.filter((play) => play.counted).length);
    for (const player of report.within.slice(2))
      expect(player.attributes).toEqual({ id: expect.stringMatching(NMTOKEN) });
  }
});

test('[XP6] any text is read back as it was, but for what XML forbids', async () => {
  const seed = 20_261_123;
  const texts = [...HOSTILE_NAMES, ...fc.sample(fc.string({ unit: 'binary', minLength: 1 }), { seed, numRuns: 500 })];
  const plays = texts.map((item) => exportedPlay({ item, screenId: item }));
  const all = await parsed(await fileOf('asmil', plays, null));
  expect(valuesOf(all, 'contentId'), `seed ${seed}`).toEqual(texts.map(readable));
  const log = await parsed(await fileOf('h782', plays, null));
  expect(valuesOf(log, 'ContentIdRef'), `seed ${seed}`).toEqual(texts.map(readable));
  const ids = all.within.slice(2).map(({ attributes }) => attributes.id);
  expect(new Set(ids)).toEqual(new Set(texts.map(readable)));
});
