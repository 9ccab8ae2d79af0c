/** Inspects the media files that a library names. */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AS_NEW } from '../../domain/catalogue/content.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { type FileFault, shownValue } from '../../protocol/file-faults.ts';
import { libraryMediaSchema } from '../../protocol/files.ts';
import { mediaIdOf } from '../media/hash-file.ts';
import { inspectMedia, type MediaFacts } from '../media/inspect-media.ts';
import { type ContentMedia, entriesOf } from './content.ts';
import type { ContentFile } from './read-content-files.ts';

/** The media of all libraries in `files`, with the faults of those that cannot be shown; `folder` is where the files lie. */
export async function readMedia(
  folder: string,
  files: readonly ContentFile[],
): Promise<{ media: ContentMedia[]; derivedIds: string[]; faults: FileFault[] }> {
  const media: ContentMedia[] = [];
  const derivedIds: string[] = [];
  const faults: FileFault[] = [];
  for (const { file, place, entity } of entriesOf(files, 'library', 'media[]', libraryMediaSchema)) {
    const path = resolve(join(folder, entity.file));
    const read = await readOne(path);
    if (!read.ok) {
      const { value, allowed } = read.error;
      faults.push({
        file,
        place: `${place}.file`,
        value: [shownValue(entity.file), value].filter(Boolean).join(': '),
        allowed,
      });
      continue;
    }
    const facts = read.value;
    const { id = mediaIdOf(facts.sha), name, nameEn, unitId, fit = AS_NEW.fit, pan = AS_NEW.pan } = entity;
    if (entity.id === undefined) derivedIds.push(id);
    media.push({ id, name, nameEn, unitId, fit, pan, path, facts });
  }
  return { media, derivedIds, faults };
}

async function readOne(path: string): Promise<Result<MediaFacts, { value: string; allowed: string }>> {
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) return fail({ value: '', allowed: 'a media file that is in the folder' });
  const facts = await inspectMedia(path);
  if (facts.ok) return ok(facts.value);
  const [fault] = facts.error.faults;
  return fail({ value: fault?.value ?? facts.error.message, allowed: fault?.allowed ?? 'a media file that plays' });
}
