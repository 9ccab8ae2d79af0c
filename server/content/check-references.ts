/** Whether the ids in content files lead somewhere, and none is given twice. */
import { type FileFault, shownValue } from '../../protocol/file-faults.ts';
import { FILE_NAMES, type FileKind } from '../../protocol/files.ts';
import type { ContentFile, ContentFiles } from './read-content-files.ts';
import { textsAt, valuesAt } from './values-at.ts';

/** What an id can be of; media and slogans are one namespace, since lists name both as items. */
type Namespace = 'unit' | 'site' | 'screen' | 'item' | 'playlist' | 'campaign';

const DEFINITIONS: readonly { kind: FileKind; at: string; of: Namespace }[] = [
  { kind: 'organisation', at: 'units[].id', of: 'unit' },
  { kind: 'organisation', at: 'sites[].id', of: 'site' },
  { kind: 'organisation', at: 'screens[].id', of: 'screen' },
  { kind: 'library', at: 'media[].id', of: 'item' },
  { kind: 'library', at: 'slogans[].id', of: 'item' },
  { kind: 'playlist', at: 'id', of: 'playlist' },
  { kind: 'campaign', at: 'id', of: 'campaign' },
];

const REFERENCES: readonly { kind: FileKind; at: string; to: Namespace }[] = [
  { kind: 'organisation', at: 'units[].parentId', to: 'unit' },
  { kind: 'organisation', at: 'sites[].unitId', to: 'unit' },
  { kind: 'organisation', at: 'screens[].unitId', to: 'unit' },
  { kind: 'organisation', at: 'screens[].siteId', to: 'site' },
  { kind: 'organisation', at: 'screens[].loopId', to: 'playlist' },
  { kind: 'library', at: 'media[].unitId', to: 'unit' },
  { kind: 'library', at: 'slogans[].unitId', to: 'unit' },
  { kind: 'playlist', at: 'unitId', to: 'unit' },
  { kind: 'playlist', at: 'items[].item', to: 'item' },
  { kind: 'playlist', at: 'ticker[]', to: 'item' },
  { kind: 'campaign', at: 'unitId', to: 'unit' },
  { kind: 'campaign', at: 'creatives[].item', to: 'item' },
  { kind: 'campaign', at: 'targets.units[]', to: 'unit' },
  { kind: 'campaign', at: 'targets.screens[]', to: 'screen' },
];

/** In which kind of file the ids of a namespace are given. */
const HOMES: Record<Namespace, FileKind> = {
  unit: 'organisation',
  site: 'organisation',
  screen: 'organisation',
  item: 'library',
  playlist: 'playlist',
  campaign: 'campaign',
};

const LISTED_IDS = 8;

/** Faults of ids across files. `derivedItems` are ids that media without one of their own have got. */
export function checkReferences({ files, complete }: ContentFiles, derivedItems: readonly string[]): FileFault[] {
  const known = new Map<Namespace, Map<string, string>>();
  const repeated = DEFINITIONS.flatMap(({ kind, at, of }) => {
    const ids = known.get(of) ?? new Map<string, string>();
    known.set(of, ids);
    return definitionsIn(files, kind, at, ids);
  });
  const items = known.get('item') ?? new Map<string, string>();
  for (const id of derivedItems) if (!items.has(id)) items.set(id, 'media');
  const unknown = REFERENCES.flatMap(({ kind, at, to }) =>
    // Where a file cannot be read, nothing is known of what it gives.
    complete.has(HOMES[to])
      ? danglingIn(files, kind, at, to, [...(known.get(to) ?? new Map<string, string>()).keys()])
      : [],
  );
  return [...repeated, ...unknown, ...files.flatMap(flightFaults), ...tickerFaults(files, complete)];
}

function definitionsIn(
  files: readonly ContentFile[],
  kind: FileKind,
  at: string,
  ids: Map<string, string>,
): FileFault[] {
  return ofKind(files, kind).flatMap(({ file, json }) =>
    textsAt(json, at).flatMap(({ place, value }) => {
      const first = ids.get(value);
      if (first === undefined) ids.set(value, `${file} ${place}`);
      return first === undefined
        ? []
        : [{ file, place, value: shownValue(value), allowed: `an id that is not given yet (it is, at ${first})` }];
    }),
  );
}

function danglingIn(
  files: readonly ContentFile[],
  kind: FileKind,
  at: string,
  to: Namespace,
  ids: string[],
): FileFault[] {
  const known = new Set(ids);
  return ofKind(files, kind).flatMap(({ file, json }) =>
    textsAt(json, at)
      .filter(({ value }) => !known.has(value))
      .map(({ place, value }) => ({
        file,
        place,
        value: shownValue(value),
        allowed: `the id of ${to === 'item' ? 'a media or slogan' : `a ${to}`} in ${FILE_NAMES[HOMES[to]]}: ${listed(ids)}`,
      })),
  );
}

/** Creatives that name a flight which their campaign does not have. */
function flightFaults({ file, kind, json }: ContentFile): FileFault[] {
  if (kind !== 'campaign') return [];
  const ids = textsAt(json, 'flights[].id').map(({ value }) => value);
  return textsAt(json, 'creatives[].flights[]')
    .filter(({ value }) => !ids.includes(value))
    .map(({ place, value }) => ({
      file,
      place,
      value: shownValue(value),
      allowed: `the id of a flight of this campaign: ${listed(ids)}`,
    }));
}

/** Items of another shape in the list of tickers; ids of nothing at all are told above. */
function tickerFaults(files: readonly ContentFile[], complete: ReadonlySet<FileKind>): FileFault[] {
  if (!complete.has('library')) return [];
  const libraries = ofKind(files, 'library');
  const slogans = libraries.flatMap(({ json }) => valuesAt(json, 'slogans[]').map(({ value }) => value));
  const idsOf = (values: unknown[]): string[] => values.flatMap((v) => textsAt(v, 'id').map(({ value }) => value));
  const tickers = idsOf(slogans.filter((slogan) => textsAt(slogan, 'shape').some(({ value }) => value === 'ticker')));
  const others = new Set([
    ...idsOf(slogans).filter((id) => !tickers.includes(id)),
    ...libraries.flatMap(({ json }) => textsAt(json, 'media[].id').map(({ value }) => value)),
  ]);
  return ofKind(files, 'playlist').flatMap(({ file, json }) =>
    textsAt(json, 'ticker[]')
      .filter(({ value }) => others.has(value))
      .map(({ place, value }) => ({
        file,
        place,
        value: shownValue(value),
        allowed: `the id of a slogan of the shape ticker: ${listed(tickers)}`,
      })),
  );
}

const ofKind = (files: readonly ContentFile[], kind: FileKind): ContentFile[] => files.filter((f) => f.kind === kind);

const listed = (ids: readonly string[]): string =>
  ids.length === 0
    ? '(there is none)'
    : `${ids.slice(0, LISTED_IDS).join(', ')}${ids.length > LISTED_IDS ? ', …' : ''}`;
