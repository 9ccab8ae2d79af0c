/** Faults of content files: which file, where in it, what stands there and what is allowed. */
import type { z } from 'zod';

/**
 * One fault. `file` is named from the content folder; `place` is a path such as `screens[2].openingHours`, or `line:column` where
 * the file is no JSON, or `(whole)`; `value` is what stands there as JSON, or `missing`.
 */
export type FileFault = { file: string; place: string; value: string; allowed: string };

/** The place of a fault that is of the file as a whole. */
export const WHOLE_FILE = '(whole)';

const MAX_VALUE = 120;

/** A fault on one line: `a.campaign.json: flights[0].to: "2018-06-30", allowed: …`. */
export const fileFaultLine = ({ file, place, value, allowed }: FileFault): string =>
  `${file}: ${place}: ${value}, allowed: ${allowed}`;

/** The path of a value as people write it: `screens[2].name`. */
export function placeOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return WHOLE_FILE;
  return path.map((key, k) => (typeof key === 'number' ? `[${key}]` : `${k === 0 ? '' : '.'}${String(key)}`)).join('');
}

/** A value as a fault shows it: JSON of at most 120 characters, `missing` where there is none. */
export function shownValue(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE - 1)}…` : text;
}

/** Every fault that the schema of `file` found in its parsed JSON. */
export function schemaFaults(file: string, error: z.ZodError, json: unknown): FileFault[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        file,
        place: placeOf([...issue.path, key]),
        value: shownValue(valueAt(json, [...issue.path, key])),
        allowed: 'no key of this name',
      }));
    }
    const value = shownValue(valueAt(json, issue.path));
    return [{ file, place: placeOf(issue.path), value, allowed: allowedBy(issue) }];
  });
}

const COUNTED: Record<string, string> = { string: ' characters', array: ' entries' };

/** What the schema allows, in words; the schemas' own words where they have any. */
function allowedBy(issue: z.core.$ZodIssue): string {
  const isStandard = /^(Invalid|Too )/.test(issue.message);
  if (!isStandard) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : withArticle(issue.expected);
    case 'invalid_value':
      return `one of ${issue.values.join(', ')}`;
    case 'too_small':
      return `at least ${issue.minimum}${COUNTED[issue.origin] ?? ''}`;
    case 'too_big':
      return `at most ${issue.maximum}${COUNTED[issue.origin] ?? ''}`;
    default:
      return issue.message;
  }
}

const NOUNS: Record<string, string> = { boolean: 'true or false', array: 'a list', record: 'an object' };

const withArticle = (noun: string): string => NOUNS[noun] ?? `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  let at = json;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = Reflect.get(at, key);
  }
  return at;
}
