/** Looks up values in parsed JSON of unknown shape, so that one fault in a file does not hide the others. */
import { placeOf } from '../../protocol/file-faults.ts';

/** A value and its place, such as `screens[2].id`. */
export type PlacedValue = { place: string; value: unknown };

/** Every value at `path`, a path of keys in which `[]` stands for every entry of a list: `screens[].id`. What is not there is left out. */
export function valuesAt(json: unknown, path: string): PlacedValue[] {
  const steps = path.split(/\.|(?=\[\])/);
  let found: { keys: PropertyKey[]; value: unknown }[] = [{ keys: [], value: json }];
  for (const step of steps) {
    found = found.flatMap(({ keys, value }) => {
      if (step === '[]') return Array.isArray(value) ? value.map((v, k) => ({ keys: [...keys, k], value: v })) : [];
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return [];
      return [{ keys: [...keys, step], value: Reflect.get(value, step) }];
    });
  }
  return found.map(({ keys, value }) => ({ place: placeOf(keys), value }));
}

/** The same, texts only. */
export function textsAt(json: unknown, path: string): { place: string; value: string }[] {
  return valuesAt(json, path).flatMap(({ place, value }) => (typeof value === 'string' ? [{ place, value }] : []));
}
