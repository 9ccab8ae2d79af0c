/** The program: everything a player needs to plan any day by itself, addressed by the hash of its content. */
import type { Scope } from '../catalogue/campaign.ts';
import type { SloganTheme } from '../catalogue/content.ts';
import type { Rotation, Sound } from '../catalogue/organisation.ts';
import type { DayPart, OpeningHours } from '../time/opening-hours.ts';
import type { Weekday } from '../time/weekday.ts';
import type { LocalDate, WallTime } from '../time/zone-time.ts';

/** First word of every program; a player refuses one it does not know. */
export const PROGRAM_FORMAT = 'xunbo/program/v1';

/** An item and how long one showing of it takes, in whole milliseconds above 0. */
export type TimedItem = { item: string; durationMs: number };

/**
 * An item of the loop. What is left out does not bind: shown from `from` to `to` (dates of service), on `weekdays`, in `dayParts`; two plays
 * with the same `separation` tag never follow each other.
 */
export type LoopItem = TimedItem & {
  from?: LocalDate | undefined;
  to?: LocalDate | undefined;
  weekdays?: Weekday[] | undefined;
  dayParts?: DayPart[] | undefined;
  separation?: string | undefined;
};

/** An item of a commitment; plays are shared out between items in proportion to `weight` (a positive integer). */
export type WeightedItem = TimedItem & { weight: number };

/**
 * One promise of a screen. Gaps are start to start in milliseconds; `maxPlaysPerHour` holds in every rolling 60 minutes;
 * `minShare` is of all plays of the day, `minAirtimeShare` of all time shown (0 to 1). Null leaves a form out. `exactTimes` are starts to
 * the second; a commitment with them has no other plays but those that make up for one that was missed. `scope: 'target'`: `minPlays` is this
 * screen's part of a count promised for all target screens together. `frontLoad`: share of the window the promise is planned against.
 */
export type ProgramCommitment = {
  id: string;
  campaign: string;
  scope: Scope;
  from: LocalDate;
  to: LocalDate;
  weekdays: Weekday[];
  dayParts: DayPart[];
  items: WeightedItem[];
  minPlays: number;
  maxPlaysPerHour: number | null;
  minGapMs: number | null;
  maxGapMs: number | null;
  minShare: number | null;
  minAirtimeShare: number | null;
  exactTimes: WallTime[];
  separation: string | null;
  minConsecutiveDays: number | null;
  priority: number;
  frontLoad: number;
};

/** A stored file of a manifest. */
type StoredItem = { sha: string; bytes: number; mime: string; durationMs: number | null; name: string };

/**
 * What an item is, so that a player can fetch, check and show it. `sha` is of the bytes, of the canonical slogan, or of the canonical address of a live source. An image without `fit`
 * is shown whole, without `pan` it stands still.
 */
export type ManifestItem =
  | ({ type: 'video' } & StoredItem)
  | ({ type: 'image'; fit?: 'cover' | undefined; pan?: true | undefined } & StoredItem)
  | { type: 'live'; sha: string; url: string; name: string }
  | { type: 'card' | 'ticker'; sha: string; text: string; textEn: string | null; theme: SloganTheme; name: string };

/** The media manifest of a program: item id to what it is. */
export type Manifest = Record<string, ManifestItem>;

/** How the screen stands and sounds; what is left out is upright and silent. */
export type Display = { rotation?: Exclude<Rotation, 0> | undefined; sound?: Sound | undefined };

/**
 * Everything a player needs to plan and play any day of the flights, with no name of a screen in it, so that equal screens share it.
 * `inStep`: the screen starts each slot at the same moment as others with this program. `withdrawn`: items of this screen's loop and campaigns that are
 * to leave the screen and the cache at once, with the hash of each; they stand nowhere else in the program, and a commitment none of whose items is
 * left stands without any.
 */
export type Program = {
  format: typeof PROGRAM_FORMAT;
  timeZone: string;
  openingHours: OpeningHours[];
  loop: LoopItem[];
  ticker: string[];
  commitments: ProgramCommitment[];
  manifest: Manifest;
  display?: Display | undefined;
  inStep?: true | undefined;
  withdrawn?: Record<string, string> | undefined;
};
