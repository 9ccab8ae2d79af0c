/** Every rule of docs/SPEC.md has a test whose title cites it, and no title cites a rule that is not there. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { citationFaults, type TestFile } from './rule-citations.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(root + path, 'utf8');

/** Benches measure and show nothing; what stands here tries the check itself. */
const NO_TESTS = /^(bench|docs)\//;

function testFiles(): TestFile[] {
  const paths = readdirSync(`${root}tests`, { recursive: true, encoding: 'utf8' });
  return paths
    .filter((path) => path.endsWith('.ts') && !NO_TESTS.test(path))
    .map((path) => ({ path: `tests/${path}`, text: read(`tests/${path}`) }));
}

test('each rule is given once and cited, and each citation is of one rule that is given', () => {
  const files = testFiles();
  expect(files.length).toBeGreaterThan(200);
  expect(citationFaults(read('docs/SPEC.md'), files)).toEqual([]);
});

const SPEC = '- **P1** Slots never overlap.\n- **P2** They lie inside the hours. **P2a** All of them.\n';
const told = (...titles: string[]): TestFile => ({
  path: 'a.test.ts',
  text: titles.map((title) => `test(${title}, () => {});`).join('\n'),
});

test('one title may cite several rules, in quotes of any kind', () => {
  expect(citationFaults(SPEC, [told("'[P1][P2] it holds'", '`[P2a] it holds`')])).toEqual([]);
  expect(citationFaults(SPEC, [told("'[P1] [P2] it holds'"), told('"[P2a] it holds"')])).toEqual([]);
});

test('what does not agree is told: no test, no such rule, given twice, more than one id in its brackets', () => {
  const sound = told("'[P1] it holds'", "'[P2] it holds'", "'[P2a] it holds'");
  expect(citationFaults(SPEC, [told("'[P1] it holds'", "'[P2] it holds'")])).toEqual(['no test cites P2a']);
  expect(citationFaults(SPEC, [sound, told("'[P3] it holds'")])).toEqual(['a.test.ts: there is no rule P3']);
  expect(citationFaults(`${SPEC}- **P1** Again.`, [sound])).toEqual(['P1 is given twice']);
  expect(citationFaults(SPEC, [sound, told("'[P1–P2] they hold'")])).toEqual(['a.test.ts: [P1–P2] is not one id']);
});

test('a rule that is named but not at the head of a title is not cited', () => {
  const named = {
    path: 'a.test.ts',
    text: "// [P2a] here\nexpect(one, '[P2a]').toBe(two);\nconst why = 'see [P2a] there';",
  };
  expect(citationFaults(SPEC, [told("'[P1][P2] they hold'"), named])).toEqual(['no test cites P2a']);
});
