/** Port of the catalogue: units, people, screens, content, campaigns; small, held in memory, durable on every change. */
import type { Campaign } from '../../domain/catalogue/campaign.ts';
import type { Media, Playlist, Slogan, Stream } from '../../domain/catalogue/content.ts';
import type { Device, Screen, Site, Unit, User } from '../../domain/catalogue/organisation.ts';
import type { Takeover } from '../../domain/catalogue/takeover.ts';

/** A signed-in session; `id` is the SHA-256 of the cookie's token, so that the file holds nothing a thief could use. */
export type Session = { id: string; userId: string; expiresAtMs: number };

/** What each collection holds. */
export type CatalogueEntities = {
  units: Unit;
  sites: Site;
  screens: Screen;
  media: Media;
  slogans: Slogan;
  streams: Stream;
  playlists: Playlist;
  campaigns: Campaign;
  users: User;
  devices: Device;
  sessions: Session;
  takeovers: Takeover;
};

/** Name of a collection. */
export type CollectionName = keyof CatalogueEntities;

/** All collection names, in an order in which no entity refers to a later collection. */
export const COLLECTIONS: readonly CollectionName[] = [
  'units',
  'users',
  'sessions',
  'sites',
  'media',
  'slogans',
  'streams',
  'playlists',
  'screens',
  'devices',
  'campaigns',
  'takeovers',
];

/** The whole catalogue at one moment, by collection and id; never changed in place. */
export type CatalogueSnapshot = { readonly [C in CollectionName]: ReadonlyMap<string, CatalogueEntities[C]> };

/** One change; a put creates or replaces. */
export type CatalogueChange =
  | { [C in CollectionName]: { op: 'put'; collection: C; entity: CatalogueEntities[C] } }[CollectionName]
  | { op: 'remove'; collection: CollectionName; id: string };

/** The catalogue's store. Every adapter passes the suite in `tests/contracts/catalogue-contract.ts`. */
export type CatalogueStore = {
  /** The catalogue as last changed. */
  snapshot(): CatalogueSnapshot;
  /** Makes all changes or none; resolves once they are durable; rejects, changing nothing, where they cannot be written. */
  apply(changes: readonly CatalogueChange[]): Promise<void>;
  /** Calls `listener` after each applied list of changes; gives a function that ends it. */
  subscribe(listener: (changes: readonly CatalogueChange[]) => void): () => void;
  /** Resolves once everything is written and the store is closed. */
  close(): Promise<void>;
};
