/** Who owns what and where screens stand: units, sites, screens, people. */
import type { DayPart, OpeningHours } from '../time/opening-hours.ts';

/** A name in Chinese, with an English one beside it where somebody wrote it. */
export type Named = { name: string; nameEn: string | null };

/** An organisation in the tree: the centre, a member unit, a town. `vkey`: the public half of the key that it signs enrolments with, if it has one. */
export type Unit = Named & { id: string; parentId: string | null; vkey?: string | undefined };

/** A place with screens. */
export type Site = Named & { id: string; unitId: string };

/** Where a screen stands, which decides what suits it. */
export const VENUES = [
  'bus-stop',
  'metro-station',
  'bus',
  'metro-train',
  'service-window',
  'town',
  'outdoor',
  'broadcast',
] as const;

/** One kind of place of {@link VENUES}. */
export type Venue = (typeof VENUES)[number];

/** How far the picture is turned clockwise for a display that is mounted on its side or head. */
export const ROTATIONS = [0, 90, 180, 270] as const;

/** One of {@link ROTATIONS}, degrees. */
export type Rotation = (typeof ROTATIONS)[number];

/** Sound of a screen: `volume` in percent of full, in `dayParts` only (empty: whenever the screen is on). */
export type Sound = { volume: number; dayParts: DayPart[] };

/**
 * One display with one player, or (`kind: 'external'`) a channel without a player, whose plays are attested and never proved.
 * `loopId` names the playlist that fills the time between promised plays; null: promised plays only.
 * `sound` null: silent. Screens of the same `syncGroup` start each slot at the same moment; null: on its own.
 */
export type Screen = Named & {
  id: string;
  kind: 'player' | 'external';
  unitId: string;
  siteId: string;
  venue: Venue;
  tags: string[];
  timeZone: string;
  openingHours: OpeningHours[];
  orientation: 'landscape' | 'portrait';
  rotation: Rotation;
  sound: Sound | null;
  syncGroup: string | null;
  loopId: string | null;
};

/** What a person may do in the unit they belong to and below it; each role includes the ones before it. */
export const ROLES = ['viewer', 'editor', 'operator', 'admin'] as const;

/** One of {@link ROLES}: see, make content and campaigns, run screens, manage people. */
export type Role = (typeof ROLES)[number];

/** A person with a password, kept only as an Argon2id hash in PHC form. */
export type User = { id: string; unitId: string; login: string; name: string; role: Role; passwordHash: string };

/** The player key bound to a screen. `id` is the SHA-256 of the raw public key, hexadecimal. */
export type Device = {
  id: string;
  publicKey: string;
  screenId: string;
  assurance: 'A' | 'B' | 'C';
  enrolledAtMs: number;
  retiredAtMs: number | null;
};
