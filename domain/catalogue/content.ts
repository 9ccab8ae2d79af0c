/** What can be shown: media, slogans and the loops made of them. */
import type { DayPart } from '../time/opening-hours.ts';
import type { Weekday } from '../time/weekday.ts';
import type { LocalDate } from '../time/zone-time.ts';
import type { Named } from './organisation.ts';

/** A video or image. Its bytes are addressed by `sha` (SHA-256, hexadecimal); `durationMs` is null for an image. */
export type Media = Named & {
  id: string;
  unitId: string;
  type: 'video' | 'image';
  sha: string;
  bytes: number;
  mime: string;
  codec: string | null;
  width: number;
  height: number;
  durationMs: number | null;
  addedAtMs: number;
};

/** Colour themes of slogans, each of a contrast of at least 7:1. */
export const SLOGAN_THEMES = ['red', 'blue', 'jade', 'ink', 'paper'] as const;

/** One of {@link SLOGAN_THEMES}. */
export type SloganTheme = (typeof SLOGAN_THEMES)[number];

/** Text shown as a full-screen card or as a ticker; `durationMs` is how long a card stands or one pass of a ticker takes. */
export type Slogan = Named & {
  id: string;
  unitId: string;
  text: string;
  textEn: string | null;
  shape: 'card' | 'ticker';
  theme: SloganTheme;
  durationMs: number;
};

/** A media or slogan by its id, as placed in a list; `durationMs` is needed for images and ignored for the rest. */
export type ItemPlacement = { item: string; durationMs: number | null };

/**
 * An item of a loop and when it is shown: from `from` to `to` (null: without an end), on `weekdays` (empty: all) and in `dayParts`
 * (empty: all day). Two plays with the same `separation` tag never follow each other.
 */
export type LoopPlacement = ItemPlacement & {
  from: LocalDate | null;
  to: LocalDate | null;
  weekdays: Weekday[];
  dayParts: DayPart[];
  separation: string | null;
};

/** The ordered list that fills the time between promised plays; `ticker` slogans run along the bottom over everything. */
export type Playlist = Named & { id: string; unitId: string; items: LoopPlacement[]; ticker: string[] };
