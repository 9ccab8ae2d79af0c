/** Schemas of the files that content is read from: organisation, library, playlist and campaign. */
import { z } from 'zod';
import {
  campaignSchema,
  mediaChangeSchema,
  playlistSchema,
  screenSchema,
  siteSchema,
  sloganSchema,
  unitSchema,
} from './catalogue.ts';
import { entityIdSchema } from './common.ts';

/** Kinds of content files. */
export const FILE_KINDS = ['organisation', 'library', 'playlist', 'campaign'] as const;

/** One of {@link FILE_KINDS}. */
export type FileKind = (typeof FILE_KINDS)[number];

/** How a file of each kind is named. */
export const FILE_NAMES: Record<FileKind, string> = {
  organisation: 'organisation.json',
  library: 'library.json',
  playlist: '*.playlist.json',
  campaign: '*.campaign.json',
};

/** The kind that a file of this name has to be, or null where content files are not named so. */
export function kindOfFile(name: string): FileKind | null {
  return (
    FILE_KINDS.find((kind) => {
      const pattern = FILE_NAMES[kind];
      if (!pattern.startsWith('*')) return name === pattern;
      return name.endsWith(pattern.slice(1)) && name.length > pattern.length - 1;
    }) ?? null
  );
}

/** Where the published schema of a kind lies, seen from a content file beside the folder `schema`. */
export const schemaAddress = (kind: FileKind): string => `./schema/${kind}.schema.json`;

const schemaKey = (kind: FileKind) => ({
  $schema: z
    .string()
    .regex(new RegExp(`(^|/)${kind}\\.schema\\.json$`), `the address of its schema, such as ${schemaAddress(kind)}`)
    .optional(),
});

/** A path inside the folder: parts of it joined by `/`, none of them `.` or `..`. */
export const mediaPathSchema = z
  .string()
  .regex(
    /^(?!\.{1,2}(\/|$))[^/\\:]+(\/(?!\.{1,2}(\/|$))[^/\\:]+)*$/,
    'a path inside the folder of the file, such as media/film.mp4',
  )
  .max(500);

/** A media of a library: its names, how an image is shown, unit and file; without an id it gets one of its content. */
export const libraryMediaSchema = z.strictObject({
  id: entityIdSchema.optional(),
  ...mediaChangeSchema.shape,
  unitId: entityIdSchema,
  file: mediaPathSchema,
});

/** `organisation.json`: who takes part and where the screens stand. */
export const organisationFileSchema = z.strictObject({
  ...schemaKey('organisation'),
  units: z
    .array(unitSchema.omit({ vkey: true }))
    .max(10_000)
    .default([]),
  sites: z.array(siteSchema).max(100_000).default([]),
  screens: z.array(screenSchema).max(100_000).default([]),
});

/** A slogan of a library; that it is withdrawn is the server's own word. */
const librarySloganSchema = sloganSchema.omit({ withdrawnAtMs: true, withdrawals: true });

/** `library.json`: the media files beside it, and the slogans. */
export const libraryFileSchema = z.strictObject({
  ...schemaKey('library'),
  media: z.array(libraryMediaSchema).max(10_000).default([]),
  slogans: z.array(librarySloganSchema).max(10_000).default([]),
});

/** `*.playlist.json`: one loop. */
export const playlistFileSchema = z.strictObject({ ...schemaKey('playlist'), ...playlistSchema.shape });

/** `*.campaign.json`: one campaign; the records of overrides are the server's own. */
export const campaignFileSchema = z.strictObject({
  ...schemaKey('campaign'),
  ...campaignSchema.omit({ overrides: true }).shape,
});

/** The schema of each kind of file. */
export const FILE_SCHEMAS = {
  organisation: organisationFileSchema,
  library: libraryFileSchema,
  playlist: playlistFileSchema,
  campaign: campaignFileSchema,
} as const satisfies Record<FileKind, z.ZodType>;
