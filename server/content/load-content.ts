/** Reads a folder of content files and says everything that is wrong with it at once. */
import { fail, ok, type Result } from '../../domain/result.ts';
import type { FileFault } from '../../protocol/file-faults.ts';
import { entityFaults, entityWarnings } from './check-entities.ts';
import { checkReferences } from './check-references.ts';
import { type Content, type PlacedEntities, placedEntities } from './content.ts';
import { readContentFiles } from './read-content-files.ts';
import { readMedia } from './read-media.ts';

/** What was found in a content folder. `content` is what is sound of it; use it only where there are no faults. */
export type ContentReport = { content: Content; faults: FileFault[]; warnings: FileFault[] };

/** Reads a content folder: its content with warnings, or all faults of all its files. Changes nothing. */
export async function readContentFolder(folder: string): Promise<Result<Content, FileFault[]>> {
  const { content, faults } = await examineContentFolder(folder);
  return faults.length > 0 ? fail(faults) : ok(content);
}

/** Reads a content folder and reports faults and warnings alike, in order of file. */
export async function examineContentFolder(folder: string): Promise<ContentReport> {
  const read = await readContentFiles(folder);
  const { media, derivedIds, faults: mediaFaults } = await readMedia(folder, read.files);
  const entities = placedEntities(read.files);
  const faults = [...read.faults, ...mediaFaults, ...checkReferences(read, derivedIds), ...entityFaults(entities)];
  const warnings = [...read.warnings, ...(read.complete.has('organisation') ? entityWarnings(entities) : [])];
  const content: Content = { ...withoutPlaces(entities), media, warnings: byFile(warnings) };
  return { content, faults: byFile(faults), warnings: content.warnings };
}

function withoutPlaces(entities: PlacedEntities): Omit<Content, 'media' | 'warnings'> {
  return {
    units: entities.units.map((e) => e.entity),
    sites: entities.sites.map((e) => e.entity),
    screens: entities.screens.map((e) => e.entity),
    slogans: entities.slogans.map((e) => e.entity),
    playlists: entities.playlists.map((e) => e.entity),
    campaigns: entities.campaigns.map((e) => e.entity),
  };
}

/** In order of file; the faults of one file stay in the order they were found in. */
const byFile = (faults: readonly FileFault[]): FileFault[] =>
  [...faults].sort((a, b) => (a.file === b.file ? 0 : a.file < b.file ? -1 : 1));
