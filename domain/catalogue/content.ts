/** What can be shown: media, slogans and the loops made of them. */
import type { DayPart } from '../time/opening-hours.ts';
import type { Weekday } from '../time/weekday.ts';
import type { LocalDate } from '../time/zone-time.ts';
import type { Named } from './organisation.ts';

/** How a picture of another shape than the screen fills it: whole, with a backdrop, or cut to the edges. */
export const FITS = ['contain', 'cover'] as const;

/** One of {@link FITS}. */
export type Fit = (typeof FITS)[number];

/** A content taken from, or given back to, the screens: who decided so, when and why. The name is copied, so that it outlives the account. */
export type Withdrawal = {
  act: 'withdrawn' | 'restored';
  reason: string;
  byUserId: string;
  byName: string;
  atMs: number;
};

/**
 * Whether screens may show a content: `withdrawnAtMs` is since when none may, null where they may. `withdrawals`: every decision, latest last; kept by
 * the server. Absent: never.
 */
export type Withdrawable = { withdrawnAtMs: number | null; withdrawals?: Withdrawal[] | undefined };

/** How a media that has just come in is shown. */
export const AS_NEW = { fit: 'contain', pan: false, withdrawnAtMs: null } as const;

/**
 * A video or image. Its bytes are addressed by `sha` (SHA-256, hexadecimal); `durationMs` is null for an image. `fit` and `pan` (a slow move
 * across the picture) are of images and ignored for the rest.
 */
export type Media = Named &
  Withdrawable & {
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
    fit: Fit;
    pan: boolean;
  };

/** A live source: an HLS playlist of the network the screens are in, fetched by each player while it shows. It stands in loops only and is never promised. */
export type Stream = Named & { id: string; unitId: string; url: string };

/** Colour themes of slogans, each of a contrast of at least 7:1. */
export const SLOGAN_THEMES = ['red', 'blue', 'jade', 'ink', 'paper'] as const;

/** One of {@link SLOGAN_THEMES}. */
export type SloganTheme = (typeof SLOGAN_THEMES)[number];

/** Text shown as a full-screen card or as a ticker; `durationMs` is how long a card stands or one pass of a ticker takes. */
export type Slogan = Named &
  Withdrawable & {
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
