/** Which rules docs/SPEC.md gives, which of them titles of tests cite, and what does not agree. */

/** An id of a rule: a group of one to three letters, a number, and where a rule was told apart later a letter. */
const ID = /^[A-Z]{1,3}\d+[a-z]?$/;

/** A string that begins with something like citations, as titles do; texts of tests that name a rule elsewhere cite nothing. */
const TITLES = /(['"`])((?:\[[A-Z]{1,3}\d[^\]\n]*\] ?)+)[^\s'"`]/g;

/** A file of tests and what it holds. */
export type TestFile = { path: string; text: string };

/** What does not agree between `spec` and the titles in `files`, one sentence each; nothing where all does. */
export function citationFaults(spec: string, files: readonly TestFile[]): string[] {
  const given = [...spec.matchAll(/\*\*([A-Z]{1,3}\d+[a-z]?)\*\*/g)].flatMap(([, id]) => id ?? []);
  const rules = new Set(given);
  const cited = files.flatMap(({ path, text }) => citationsIn(text).map((id) => ({ id, path })));
  const seen = new Set(cited.map(({ id }) => id));
  return [
    ...[...rules].filter((id) => given.filter((one) => one === id).length > 1).map((id) => `${id} is given twice`),
    ...[...rules].filter((id) => !seen.has(id)).map((id) => `no test cites ${id}`),
    ...cited.filter(({ id }) => !ID.test(id)).map(({ id, path }) => `${path}: [${id}] is not one id`),
    ...cited.filter(({ id }) => ID.test(id) && !rules.has(id)).map(({ id, path }) => `${path}: there is no rule ${id}`),
  ];
}

/** What the titles in a file cite, one id in each pair of brackets. */
function citationsIn(text: string): string[] {
  return [...text.matchAll(TITLES)].flatMap(([, , heads = '']) =>
    [...heads.matchAll(/\[([^\]]+)\]/g)].flatMap(([, id]) => id ?? []),
  );
}
