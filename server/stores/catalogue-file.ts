/** The catalogue as the text of one file: schemas of what it holds, and the way there and back. */
import { z } from 'zod';
import {
  campaignSchema,
  mediaSchema,
  playlistSchema,
  screenSchema,
  siteSchema,
  sloganSchema,
  streamSchema,
  unitSchema,
  userSchema,
} from '../../protocol/catalogue.ts';
import { countSchema, idSchema, sha256Schema } from '../../protocol/common.ts';
import { type Fault, faultsOf } from '../../protocol/errors.ts';
import { takeoverEntitySchema } from '../../protocol/takeover.ts';
import { DATA_VERSION } from '../../protocol/version.ts';
import { type CatalogueEntities, type CatalogueSnapshot, COLLECTIONS, type CollectionName } from './catalogue-store.ts';
import { faultyError, newerVersionError, StoreError } from './store-error.ts';

const passwordHashSchema = z
  .string()
  .max(500)
  .regex(/^\$argon2id\$v=\d+\$[a-z0-9=,]+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$/, 'an Argon2id hash in PHC form');

const deviceSchema = z.strictObject({
  id: sha256Schema,
  publicKey: z.base64('a raw Ed25519 public key in base64').length(44, 'a raw Ed25519 public key in base64'),
  screenId: idSchema,
  assurance: z.enum(['A', 'B', 'C']),
  enrolledAtMs: countSchema,
  retiredAtMs: countSchema.nullable(),
});

const sessionSchema = z.strictObject({ id: sha256Schema, userId: idSchema, expiresAtMs: countSchema });

const ENTITY_SCHEMAS: { readonly [C in CollectionName]: z.ZodType<CatalogueEntities[C]> } = {
  units: unitSchema,
  sites: siteSchema,
  screens: screenSchema,
  media: mediaSchema,
  slogans: sloganSchema,
  streams: streamSchema,
  playlists: playlistSchema,
  campaigns: campaignSchema,
  users: userSchema.extend({ passwordHash: passwordHashSchema }),
  devices: deviceSchema,
  sessions: sessionSchema,
  takeovers: takeoverEntitySchema,
};

/** An entity as its schema reads it, or what is wrong with it; `place` is what the entity is called. */
export function readEntity<C extends CollectionName>(
  collection: C,
  input: unknown,
  place: string,
): { ok: true; entity: CatalogueEntities[C] } | { ok: false; faults: Fault[] } {
  const parsed = ENTITY_SCHEMAS[collection].safeParse(input);
  return parsed.success
    ? { ok: true, entity: parsed.data }
    : { ok: false, faults: faultsOf(parsed.error, input, place) };
}

// An untouched collection is the same map as before, so that a change costs the text of its own collection only.
const TEXTS = new WeakMap<object, string>();

function collectionText(entities: ReadonlyMap<string, object>): string {
  const known = TEXTS.get(entities);
  if (known !== undefined) return known;
  const lines = Array.from(entities.values(), (entity) => JSON.stringify(entity));
  const text = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n]`;
  TEXTS.set(entities, text);
  return text;
}

/** The file's text: JSON with one entity a line. */
export function encodeCatalogue(snapshot: CatalogueSnapshot): string {
  const parts = COLLECTIONS.map((name) => `"${name}":${collectionText(snapshot[name])}`);
  return `{"version":${DATA_VERSION},\n${parts.join(',\n')}}\n`;
}

const envelopeSchema = z.object({ version: z.int().min(1, 'a version from 1') });
const collectionsSchema = z.strictObject({
  version: z.literal(DATA_VERSION),
  ...Object.fromEntries(COLLECTIONS.map((name) => [name, z.array(z.unknown())])),
  // Folders written before there were takeovers and live sources have none.
  takeovers: z.array(z.unknown()).default([]),
  streams: z.array(z.unknown()).default([]),
});

/** The catalogue of a file's JSON. Throws `StoreError` of kind `newer-version` or `faulty`; `file` is named in it. */
export function decodeCatalogue(json: unknown, file: string): CatalogueSnapshot {
  const envelope = envelopeSchema.safeParse(json);
  if (!envelope.success) throw faultyError(file, faultsOf(envelope.error, json));
  if (envelope.data.version > DATA_VERSION) throw newerVersionError(file, envelope.data.version, DATA_VERSION);
  const shape = collectionsSchema.safeParse(json);
  if (!shape.success) throw faultyError(file, faultsOf(shape.error, json));
  const faults: Fault[] = [];
  const collections: Record<string, unknown> = shape.data;
  const read = <C extends CollectionName>(name: C) => decodeCollection(name, collections[name], faults);
  const snapshot: CatalogueSnapshot = {
    units: read('units'),
    users: read('users'),
    sessions: read('sessions'),
    sites: read('sites'),
    media: read('media'),
    slogans: read('slogans'),
    streams: read('streams'),
    playlists: read('playlists'),
    screens: read('screens'),
    devices: read('devices'),
    campaigns: read('campaigns'),
    takeovers: read('takeovers'),
  };
  if (faults.length > 0) throw faultyError(file, faults);
  return snapshot;
}

function decodeCollection<C extends CollectionName>(
  name: C,
  entries: unknown,
  faults: Fault[],
): ReadonlyMap<string, CatalogueEntities[C]> {
  const entities = new Map<string, CatalogueEntities[C]>();
  if (!Array.isArray(entries)) throw new StoreError('faulty', `${name} is not a list`);
  entries.forEach((entry: unknown, index) => {
    const read = readEntity(name, entry, `${name}.${index}`);
    if (!read.ok) {
      faults.push(...read.faults);
    } else if (entities.has(read.entity.id)) {
      faults.push({
        place: `${name}.${index}.id`,
        value: JSON.stringify(read.entity.id),
        allowed: 'an id not used before',
      });
    } else {
      entities.set(read.entity.id, deepFreeze(read.entity));
    }
  });
  return entities;
}

/** Freezes a value through and through, so that nobody can change a snapshot in place. */
export function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part);
  return Object.freeze(value);
}
