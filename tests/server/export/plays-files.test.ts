/** What stands in the files: cells, elements, times, and nothing that runs or breaks. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvCell } from '../../../protocol/csv.ts';
import { PLAYS_FORMATS, type PlaysFormat } from '../../../protocol/http/plays-export.ts';
import type { ExportedPlay } from '../../../server/export/exported-plays.ts';
import { PLAYS_FILES } from '../../../server/export/plays-files.ts';
import { xmlElement, xmlText } from '../../../server/export/xml-text.ts';
import { exportedPlay, HOSTILE_NAMES, SAMPLE_PLAYS, SAMPLES_AT_MS } from './play-samples.ts';

async function* given(plays: readonly ExportedPlay[]): AsyncGenerator<ExportedPlay> {
  yield* plays;
}

const fileOf = async (format: PlaysFormat, plays: readonly ExportedPlay[], screen: string | null): Promise<string> =>
  (await Array.fromAsync(PLAYS_FILES[format].write(given(plays), { screen, atMs: SAMPLES_AT_MS }))).join('');

describe('files as they are', () => {
  test.each(PLAYS_FORMATS)('[XP2][XP3][XP4][XP7] all screens, %s', async (format) => {
    await expect(await fileOf(format, SAMPLE_PLAYS, null)).toMatchFileSnapshot(
      `golden/all${PLAYS_FILES[format].ending}`,
    );
  });

  test.each(PLAYS_FORMATS)('[XP2][XP3][XP4][XP7] one screen, %s', async (format) => {
    const own = SAMPLE_PLAYS.filter((play) => play.screenId === 'screen-1');
    await expect(await fileOf(format, own, 'screen-1')).toMatchFileSnapshot(
      `golden/screen-1${PLAYS_FILES[format].ending}`,
    );
  });

  test('[XP3][XP4] a screen that showed nothing has an empty log, not none', async () => {
    expect(await fileOf('asmil', [], 's-9')).toContain('<player id="s-9"><contentPlayLog>\n</contentPlayLog></player>');
    expect(await fileOf('h782', [], 's-9')).toContain('<PlayLog><TerminalIdRef>s-9</TerminalIdRef>\n</PlayLog>');
    expect(await fileOf('asmil', [], null)).not.toContain('<player');
    expect(await fileOf('h782', [], null)).toMatch(/<PlayLogs>\n<\/PlayLogs>\n$/);
  });
});

describe('cells', () => {
  test('[XP2] no cell begins with what a spreadsheet would run, wherever it may see a cell begin', () => {
    for (const name of HOSTILE_NAMES) {
      const cells = csvCell(name)
        .replaceAll('"', '')
        .split(/[;\t\r\n]/);
      for (const cell of cells) expect(cell.trimStart(), JSON.stringify(name)).not.toMatch(/^[=+\-@＝＋－＠]/);
    }
    expect(csvCell('=1+1')).toBe("'=1+1");
    expect(csvCell('＝1+1')).toBe("'＝1+1");
    expect(csvCell('海报;=1+1')).toBe(`"海报;'=1+1"`);
  });

  test('[XP2] plain names are left as they are, and quotes are doubled', () => {
    for (const name of ['入户听民声', 'a - b', 'x=1', 'C+', '50 %']) expect(csvCell(name)).toBe(name);
    expect(csvCell('a,"b"')).toBe('"a,""b"""');
    expect(csvCell(-5)).toBe('-5');
  });

  test('[XP2] any names give one row of nineteen cells a play', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(text, text, async (itemName, screenName) => {
        const rows = parsedCsv(await fileOf('csv', [exportedPlay({ itemName, screenName })], null));
        expect(rows.map((cells) => cells.length)).toEqual([19, 19]);
        expect(rows[1]?.[8]?.replaceAll("'", '')).toBe(itemName.replaceAll("'", ''));
        expect(rows[1]?.[2]?.replaceAll("'", '')).toBe(screenName.replaceAll("'", ''));
      }),
    );
  });
});

describe('XML', () => {
  test('[XP6] what XML forbids is replaced, all else is a reference or stands as it is', () => {
    expect(xmlText('a<b & "c" \'d\'>')).toBe('a&lt;b &amp; &quot;c&quot; &apos;d&apos;&gt;');
    expect(xmlText('\u0000\u0008\u000B\u001F\uD800\uFFFE\uFFFF')).toBe('\uFFFD'.repeat(7));
    expect(xmlText('a\tb\nc\rd')).toBe('a&#9;b&#10;c&#13;d');
    expect(xmlText('入户 😀 𠮷 \u007F\u0085')).toBe('入户 😀 𠮷 \u007F\u0085');
    expect(xmlElement('contentId', '<&>')).toBe('<contentId>&lt;&amp;&gt;</contentId>');
  });

  test('[XP6] no text leaves its element', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const written = xmlText(text);
        expect(written).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|apos|#9|#10|#13);)/);
        expect(written.isWellFormed()).toBe(true);
      }),
    );
  });

  test('[XP6] ids from a hostile ledger stay ids', async () => {
    for (const item of HOSTILE_NAMES) {
      const asmil = await fileOf('asmil', [exportedPlay({ item, screenId: item })], null);
      expect(asmil.match(/<contentPlayed>/g), JSON.stringify(item)).toHaveLength(1);
      const h782 = await fileOf('h782', [exportedPlay({ item, screenId: item })], null);
      expect(h782.match(/<LogItem>/g), JSON.stringify(item)).toHaveLength(1);
    }
  });
});

test('[XP8] a file is written as it is read: never more than one play ahead', async () => {
  let taken = 0;
  async function* endless(): AsyncGenerator<ExportedPlay> {
    for (;;) {
      taken += 1;
      yield exportedPlay({ seq: taken });
    }
  }
  for (const { write } of Object.values(PLAYS_FILES)) {
    taken = 0;
    let pieces = 0;
    for await (const _ of write(endless(), { screen: null, atMs: 0 })) {
      pieces += 1;
      expect(taken).toBeLessThanOrEqual(pieces);
      if (pieces === 1000) break;
    }
    expect(taken).toBeGreaterThan(990);
  }
});

/** RFC 4180, read by its grammar: rows of cells. */
function parsedCsv(file: string): string[][] {
  expect(file.startsWith('\uFEFF')).toBe(true);
  const rows: string[][] = [];
  let row: string[] = [];
  let rest = file.slice(1);
  while (rest !== '') {
    const quoted = /^"((?:[^"]|"")*)"(,|\r\n)/.exec(rest);
    const found = quoted ?? /^([^",\r\n]*)(,|\r\n)/.exec(rest);
    if (!found) throw new Error(`no CSV: ${JSON.stringify(rest.slice(0, 80))}`);
    const [whole, cell = '', end] = found;
    row.push(quoted ? cell.replaceAll('""', '"') : cell);
    if (end === '\r\n') {
      rows.push(row);
      row = [];
    }
    rest = rest.slice(whole.length);
  }
  return rows;
}
