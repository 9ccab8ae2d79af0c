/** The program: everything a player needs to plan any day by itself, addressed by the hash of its content. */
import type { SloganTheme } from '../catalogue/content.ts';
import type { DayPart, OpeningHours } from '../time/opening-hours.ts';
import type { Weekday } from '../time/weekday.ts';
import type { LocalDate } from '../time/zone-time.ts';

/** First word of every program; a player refuses one it does not know. */
export const PROGRAM_FORMAT = 'xunbo/program/v1';

/** An item and how long one showing of it takes, in whole milliseconds above 0. */
export type TimedItem = { item: string; durationMs: number };

/** An item of a commitment; plays are shared out between items in proportion to `weight` (a positive integer). */
export type WeightedItem = TimedItem & { weight: number };

/**
 * One promise of a screen. Gaps are start to start in milliseconds; `maxPlaysPerHour` holds in every rolling 60 minutes;
 * `minShare` is of all plays of the day (0 to 1). Null leaves a form out. `frontLoad`: share of the window the promise is planned against.
 */
export type ProgramCommitment = {
  id: string;
  campaign: string;
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
  minConsecutiveDays: number | null;
  priority: number;
  frontLoad: number;
};

/** What an item is, so that a player can fetch, check and show it. `sha` is of the bytes, or of the canonical slogan. */
export type ManifestItem =
  | { type: 'video' | 'image'; sha: string; bytes: number; mime: string; durationMs: number | null; name: string }
  | { type: 'card' | 'ticker'; sha: string; text: string; textEn: string | null; theme: SloganTheme; name: string };

/** The media manifest of a program: item id to what it is. */
export type Manifest = Record<string, ManifestItem>;

/** Everything a player needs to plan and play any day of the flights, with no name of a screen in it, so that equal screens share it. */
export type Program = {
  format: typeof PROGRAM_FORMAT;
  timeZone: string;
  openingHours: OpeningHours[];
  loop: TimedItem[];
  ticker: string[];
  commitments: ProgramCommitment[];
  manifest: Manifest;
};
