/** Content as read from a folder: entities ready for the catalogue, and the media files that belong to them. */
import type { z } from 'zod';
import type { Campaign } from '../../domain/catalogue/campaign.ts';
import type { Media, Playlist, Slogan } from '../../domain/catalogue/content.ts';
import type { Named, Screen, Site, Unit } from '../../domain/catalogue/organisation.ts';
import {
  campaignSchema,
  playlistSchema,
  screenSchema,
  siteSchema,
  sloganSchema,
  unitSchema,
} from '../../protocol/catalogue.ts';
import type { FileFault } from '../../protocol/file-faults.ts';
import type { FileKind } from '../../protocol/files.ts';
import type { MediaFacts } from '../media/inspect-media.ts';
import type { ContentFile } from './read-content-files.ts';
import { valuesAt } from './values-at.ts';

/** A media with the absolute path of its file and what was found in it. */
export type ContentMedia = Named &
  Pick<Media, 'fit' | 'pan'> & { id: string; unitId: string; path: string; facts: MediaFacts };

/** Everything of a content folder; `warnings` do not keep it from being used. */
export type Content = {
  units: Unit[];
  sites: Site[];
  screens: Screen[];
  media: ContentMedia[];
  slogans: Slogan[];
  playlists: Playlist[];
  campaigns: Campaign[];
  warnings: FileFault[];
};

/** An entity with the file and place it stands at; the place of a file's one entity is empty. */
export type Placed<Entity> = { file: string; place: string; entity: Entity };

/** The entities that fit their schemas, wherever others do not. */
export type PlacedEntities = {
  units: Placed<Unit>[];
  sites: Placed<Site>[];
  screens: Placed<Screen>[];
  slogans: Placed<Slogan>[];
  playlists: Placed<Playlist>[];
  campaigns: Placed<Campaign>[];
};

/** Reads the entities out of parsed files. */
export function placedEntities(files: readonly ContentFile[]): PlacedEntities {
  return {
    units: entriesOf(files, 'organisation', 'units[]', unitSchema),
    sites: entriesOf(files, 'organisation', 'sites[]', siteSchema),
    screens: entriesOf(files, 'organisation', 'screens[]', screenSchema),
    slogans: entriesOf(files, 'library', 'slogans[]', sloganSchema),
    playlists: wholeFiles(files, 'playlist', playlistSchema),
    campaigns: wholeFiles(files, 'campaign', campaignSchema),
  };
}

/** The entries of a list that fit `schema`. */
export function entriesOf<Schema extends z.ZodType>(
  files: readonly ContentFile[],
  kind: FileKind,
  path: string,
  schema: Schema,
): Placed<z.output<Schema>>[] {
  return files
    .filter((f) => f.kind === kind)
    .flatMap(({ file, json }) =>
      valuesAt(json, path).flatMap(({ place, value }) => {
        const parsed = schema.safeParse(value);
        return parsed.success ? [{ file, place, entity: parsed.data }] : [];
      }),
    );
}

function wholeFiles<Schema extends z.ZodType>(
  files: readonly ContentFile[],
  kind: FileKind,
  schema: Schema,
): Placed<z.output<Schema>>[] {
  return files
    .filter((f) => f.kind === kind)
    .flatMap(({ file, json }) => {
      if (typeof json !== 'object' || json === null) return [];
      const { $schema: _, ...own }: { $schema?: unknown } = json;
      const parsed = schema.safeParse(own);
      return parsed.success ? [{ file, place: '', entity: parsed.data }] : [];
    });
}
