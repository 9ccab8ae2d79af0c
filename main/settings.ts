/** The player's settings: what it is bound to. Everything here can be had again from the server. */
import { LowSync, type SyncAdapter } from 'lowdb';
import { z } from 'zod';
import { ROTATIONS } from '../domain/catalogue/organisation.ts';
import { canonicalJson } from '../domain/proof/canonical-json.ts';
import { countSchema, idSchema, sha256Schema } from '../protocol/common.ts';
import { takeoverSchema } from '../protocol/player-link.ts';
import { DATA_VERSION } from '../protocol/version.ts';
import type { DurableFiles } from './durable-files.ts';
import { readKept, replaceKept } from './kept-twice.ts';

const settingsSchema = z.strictObject({
  version: z.int(),
  screen: idSchema.nullable(),
  screenName: z.string().nullable(),
  program: sha256Schema.nullable(),
  sealAfterMs: z.int().min(1000).max(600_000),
  shotEveryPlays: countSchema.default(0),
  /** How the display hung under the last program. */
  rotation: z.union(ROTATIONS.map((degrees) => z.literal(degrees))).default(0),
  /** The emergency message that stands over everything. */
  takeover: takeoverSchema.nullable().default(null),
  /** Withdrawn items that have yet to leave the cache and be recorded; `wasHere`: the program before had them. */
  withdrawing: z.array(z.strictObject({ item: idSchema, sha: sha256Schema, wasHere: z.boolean() })).default([]),
});

/** The settings. `screen` null: not enrolled; `program` null: nothing to play. */
export type Settings = z.infer<typeof settingsSchema>;

/** Reads and changes the settings; a change is durable when the call returns. */
export type SettingsStore = { get(): Settings; change(part: Partial<Omit<Settings, 'version'>>): void };

const DEFAULTS: Settings = {
  version: DATA_VERSION,
  screen: null,
  screenName: null,
  program: null,
  sealAfterMs: 600_000,
  shotEveryPlays: 0,
  rotation: 0,
  takeover: null,
  withdrawing: [],
};

/** Opens the settings at `path`. Those of a newer version throw; damaged ones fall back to their copy, then to none. */
export function openSettings(files: DurableFiles, path: string): SettingsStore {
  const low = new LowSync(durableAdapter(files, path), { ...DEFAULTS });
  low.read();
  return {
    get: () => low.data,
    change(part) {
      const next = { ...low.data, ...part };
      if (canonicalJson(next) === canonicalJson(low.data)) return;
      low.data = next;
      low.write();
    },
  };
}

const durableAdapter = (files: DurableFiles, path: string): SyncAdapter<Settings> => ({
  read: () => readKept(files, path, (bytes) => parse(bytes, path)),
  write: (data) => replaceKept(files, path, `${JSON.stringify(data, null, 2)}\n`),
});

function parse(bytes: Uint8Array, path: string): Settings | null {
  const value = parseJson(bytes);
  const version = z.object({ version: z.int() }).safeParse(value);
  if (version.success && version.data.version > DATA_VERSION) {
    throw new Error(
      `${path} was written by a newer version (${version.data.version}); this one reads up to ${DATA_VERSION}: update the player`,
    );
  }
  const parsed = settingsSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return null;
  }
}
