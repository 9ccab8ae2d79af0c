/** What is promised: campaigns with their flights, creatives, targets and commitments. */
import type { DayPart } from '../time/opening-hours.ts';
import type { Weekday } from '../time/weekday.ts';
import type { LocalDate, WallTime } from '../time/zone-time.ts';
import type { ItemPlacement } from './content.ts';
import type { Named, Screen, Unit, Venue } from './organisation.ts';
import type { Override } from './override.ts';

/**
 * A date range of a campaign, both days included. `extendedTo`: a later last day that the campaign's rule of extension has given it,
 * because days were missed; null where it runs as it was booked.
 */
export type Flight = Named & { id: string; from: LocalDate; to: LocalDate; extendedTo: LocalDate | null };

/** The last day of a flight, its extension included. */
export const flightEnd = (flight: Pick<Flight, 'to' | 'extendedTo'>): LocalDate => flight.extendedTo ?? flight.to;

/** An item of a campaign. `flights` limits it to some flights (empty: all); plays are shared out by `weight`. */
export type Creative = ItemPlacement & { weight: number; flights: string[] };

/** Which screens a campaign means: those that any of the four lists names. */
export type Targets = { units: string[]; venues: Venue[]; tags: string[]; screens: string[] };

/** Whom a count is promised for: every target screen by itself, or all of them together. */
export const SCOPES = ['screen', 'target'] as const;

/** One of {@link SCOPES}. */
export type Scope = (typeof SCOPES)[number];

/**
 * One promise for every day of a flight. Null leaves a form out.
 * `minPlays` a day, for each target screen or (`scope: 'target'`) for all of them together; `minShare` of all plays and `minAirtimeShare` of
 * all time shown (0 to 1); `maxGapMin` minutes between starts; `minConsecutiveDays` of the flight kept in a row; `exactTimes` at which a play
 * starts to the second, one each. `maxPlaysPerHour` in any rolling 60 minutes and `minGapMin` between starts limit it. `dayParts` empty: the campaign's.
 */
export type Commitment = {
  id: string;
  scope: Scope;
  minPlays: number;
  minShare: number | null;
  minAirtimeShare: number | null;
  exactTimes: WallTime[];
  maxGapMin: number | null;
  minConsecutiveDays: number | null;
  maxPlaysPerHour: number | null;
  minGapMin: number | null;
  dayParts: DayPart[];
  priority: number;
};

/** A campaign. Only a `live` one is planned; `draft` is being made, `ended` was withdrawn. */
export type Campaign = Named & {
  id: string;
  unitId: string;
  state: 'draft' | 'live' | 'ended';
  flights: Flight[];
  weekdays: Weekday[];
  dayParts: DayPart[];
  creatives: Creative[];
  targets: Targets;
  commitments: Commitment[];
  /** Share of each day's window against which the promised plays are planned, so that an outage can be made up for (0.1 to 1). */
  frontLoad: number;
  /** Two plays with the same separation tag never follow each other; null: none. */
  separation: string | null;
  /** By how many days at most a flight is extended so that a promise of consecutive days can still be kept after a missed day. */
  extendDays: number;
  /** Why the campaign was booked although it does not fit, or null. */
  overrideReason: string | null;
  /** Every time its promises were booked or left standing although they do not fit, latest last; kept by the server. Absent: never. */
  overrides?: Override[] | undefined;
};

/** Whether `campaign` means `screen`; a unit stands for all units below it. */
export function isTargeted(campaign: Campaign, screen: Screen, units: ReadonlyMap<string, Unit>): boolean {
  const { targets } = campaign;
  return (
    targets.screens.includes(screen.id) ||
    targets.venues.includes(screen.venue) ||
    screen.tags.some((tag) => targets.tags.includes(tag)) ||
    unitChain(screen.unitId, units).some((id) => targets.units.includes(id))
  );
}

/** The ids of a unit and of all units above it, nearest first. */
export function unitChain(unitId: string, units: ReadonlyMap<string, Unit>): string[] {
  const chain: string[] = [];
  for (
    let at = units.get(unitId);
    at && !chain.includes(at.id);
    at = at.parentId ? units.get(at.parentId) : undefined
  ) {
    chain.push(at.id);
  }
  return chain;
}
