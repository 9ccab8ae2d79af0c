/** What `vitest` is to the tests inside a test thread: they register here and are run again and again; `expect` is Vitest's own. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format } from 'node:util';
// By its path, since the name leads back to this file.
import { chai, expect } from '../../node_modules/vitest/dist/index.js';

/** A test as registered: its name is unique within its file. */
export type KnownTest = { id: string; file: string; name: string; run: () => unknown };

type Body = (...values: unknown[]) => unknown;
type Each = (rows: readonly unknown[]) => (title: string, first: unknown, second?: unknown) => void;

export const knownTests: KnownTest[] = [];
const place = { file: '', titles: [] as string[], runs: '' };
const cleanUps: (() => unknown)[] = [];
const texts = new Map<string, string>();

/** Says which file the tests registered from now on are of. */
export function enterFile(file: string): void {
  place.file = file;
  place.titles = [];
}

/** Says whose file snapshots are meant from now on. */
export function enterTest(known: KnownTest): void {
  place.runs = known.file;
}

/** Does what the test that has ended wanted done then. */
export async function leaveTest(): Promise<void> {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
}

const valuesOf = (row: unknown): unknown[] => (Array.isArray(row) ? row : [row]);
const bodyOf = (first: unknown, second: unknown): Body => (typeof first === 'function' ? first : second) as Body;

/** As many values of the row as the title has places for; those left over may differ from start to start. */
const titleOf = (title: string, row: unknown, index: number): string =>
  `${format(title, ...valuesOf(row).slice(0, title.match(/%[^%]/g)?.length ?? 0))} #${index + 1}`;

function describe(title: string, body: () => void): void {
  place.titles.push(title);
  body();
  place.titles.pop();
}

function test(title: string, first: unknown, second?: unknown): void {
  const name = [...place.titles, title].join(' > ');
  const run = bodyOf(first, second);
  knownTests.push({ id: `${place.file}#${name}`, file: place.file, name, run: () => run() });
}

const eachOf =
  (register: (title: string, body: () => void) => void): Each =>
  (rows) =>
  (title, first, second) => {
    rows.forEach((row, index) => {
      register(titleOf(title, row, index), () => bodyOf(first, second)(...valuesOf(row)));
    });
  };

describe.each = eachOf(describe);
test.each = eachOf(test);
test.runIf = (isMeant: boolean) => (isMeant ? test : () => {});

chai.use(({ Assertion }: { Assertion: { prototype: object } }, { addMethod, flag }: ChaiUtils) => {
  addMethod(Assertion.prototype, 'toMatchFileSnapshot', function (this: object, path: string) {
    const file = join(dirname(place.runs), path);
    const text = texts.get(file) ?? readFileSync(file, 'utf8');
    texts.set(file, text);
    expect(flag(this, 'object') === text, path).toBe(true);
  });
});

type ChaiUtils = {
  addMethod: (on: object, name: string, body: (this: object, path: string) => void) => void;
  flag: (assertion: object, name: string) => unknown;
};

const onTestFinished = (cleanUp: () => unknown): void => void cleanUps.push(cleanUp);

export { describe, expect, onTestFinished, test };
