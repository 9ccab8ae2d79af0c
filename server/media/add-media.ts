/** From an uploaded file to a media of the library. */
import { parse } from 'node:path';
import { AS_NEW, type Media } from '../../domain/catalogue/content.ts';
import { nameSchema } from '../../protocol/common.ts';
import type { Clock } from '../clock.ts';
import { Failure } from '../failure.ts';
import type { CatalogueStore } from '../stores/catalogue-store.ts';
import type { DataPaths } from '../stores/data-folder.ts';
import { mediaIdOf } from './hash-file.ts';
import { inspectMedia } from './inspect-media.ts';
import { storeMedia } from './store-media.ts';

/** An upload that is complete: the file, and what its metadata said; an empty `name` means the file's own. */
export type Upload = { file: string; filename: string; name: string; unitId: string };

/**
 * Inspects the file, keeps it and enters it into the library; a file the unit already has gives the media that is there.
 * Fails with `media-unreadable`, `media-codec-unknown`, `media-duration-wrong`, `not-found` (unit) or `disk-full`.
 */
export async function addMedia(
  upload: Upload,
  deps: { catalogue: CatalogueStore; folder: DataPaths; clock: Clock },
): Promise<Media> {
  const { catalogue, folder, clock } = deps;
  if (!catalogue.snapshot().units.has(upload.unitId))
    throw new Failure('not-found', `there is no unit ${upload.unitId}`);
  const inspected = await inspectMedia(upload.file);
  if (!inspected.ok) throw inspected.error;
  const { frameRate: _, ...facts } = inspected.value;
  const known = [...catalogue.snapshot().media.values()].find((m) => m.sha === facts.sha && m.unitId === upload.unitId);
  if (known) return known;
  await storeMedia(upload.file, inspected.value, folder);
  const wanted = nameSchema.safeParse(upload.name);
  const media: Media = {
    id: freeId(mediaIdOf(facts.sha), catalogue),
    name: wanted.success ? wanted.data : parse(upload.filename).name.slice(0, 200) || facts.type,
    nameEn: null,
    unitId: upload.unitId,
    ...facts,
    addedAtMs: clock.nowMs(),
    ...AS_NEW,
  };
  await catalogue.apply([{ op: 'put', collection: 'media', entity: media }]);
  return media;
}

/** Two units may own the same bytes under an id each. */
function freeId(id: string, catalogue: CatalogueStore): string {
  const { media } = catalogue.snapshot();
  for (let copy = 1; ; copy += 1) {
    const candidate = copy === 1 ? id : `${id}-${copy}`;
    if (!media.has(candidate)) return candidate;
  }
}
