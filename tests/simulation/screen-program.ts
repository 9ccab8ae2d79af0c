/** Seeded programs for simulated screens: hours, zone, loop and a mix of promises such as a town books them. */
import type { LoopItem, Manifest, Program, ProgramCommitment, TimedItem } from '../../domain/plan/program.ts';
import type { DayPart, OpeningHours } from '../../domain/time/opening-hours.ts';
import { WEEKDAYS, type Weekday } from '../../domain/time/weekday.ts';
import { addDays, minutesOfWallTime } from '../../domain/time/zone-time.ts';
import { shaOf } from '../helpers/chain-builder.ts';
import { commitmentOf, programOf } from '../helpers/random-program.ts';
import type { Chance } from './chance.ts';

/** What a screen plays, and the first date of service that is simulated. */
export type ScreenSetup = { program: Program; firstDate: string };

type Venue = { from: string; to: string; days: readonly Weekday[]; weight: number };

/** Bus stop, metro station (closing past midnight), town screen, service window. */
const VENUES: readonly [Venue, ...Venue[]] = [
  { from: '05:30', to: '23:30', days: WEEKDAYS, weight: 3 },
  { from: '05:45', to: '25:15', days: WEEKDAYS, weight: 2 },
  { from: '08:00', to: '22:00', days: WEEKDAYS, weight: 2 },
  { from: '08:30', to: '17:30', days: WEEKDAYS.slice(0, 6), weight: 2 },
];

/** Days of an hour or two for quick runs; two of them lie across midnight, where daylight saving changes too. */
const SHORT_VENUES: readonly [Venue, ...Venue[]] = [
  { from: '09:00', to: '10:20', days: WEEKDAYS, weight: 3 },
  { from: '23:20', to: '25:00', days: WEEKDAYS, weight: 1 },
  { from: '01:00', to: '03:20', days: WEEKDAYS, weight: 1 },
  { from: '14:00', to: '15:30', days: WEEKDAYS.slice(0, 6), weight: 1 },
];

/** Zones and first dates; those with daylight saving begin shortly before a change. */
const PLACES: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['Asia/Shanghai', '2026-07-01'],
  ['Asia/Shanghai', '2026-09-14'],
  ['Asia/Shanghai', '2027-02-03'],
  ['Europe/Berlin', '2026-10-23'],
  ['Europe/Berlin', '2027-03-26'],
  ['America/New_York', '2026-10-30'],
  ['Australia/Sydney', '2026-10-02'],
];

/** A screen's set-up; `isShort`: days of an hour or two. */
export function screenSetup(chance: Chance, isShort: boolean): ScreenSetup {
  const venue = weighted(chance, isShort ? SHORT_VENUES : VENUES);
  const [timeZone, firstDate] = chance.pick(PLACES);
  const openMin = minutesOfWallTime(venue.to) - minutesOfWallTime(venue.from);
  const openingHours: OpeningHours[] = [{ days: [...venue.days], from: venue.from, to: venue.to }];
  const loop = placed(loopOf(chance), chance, { venue, openMin, firstDate });
  const commitments = promisesOf(chance, venue, openMin);
  const items = [...loop, ...commitments.flatMap((c) => c.items)];
  return { program: programOf(commitments, { timeZone, openingHours, loop, manifest: manifestOf(items) }), firstDate };
}

function weighted(chance: Chance, venues: readonly [Venue, ...Venue[]]): Venue {
  let left = chance.next() * venues.reduce((sum, venue) => sum + venue.weight, 0);
  for (const venue of venues) {
    left -= venue.weight;
    if (left < 0) return venue;
  }
  return venues[0];
}

const loopOf = (chance: Chance): TimedItem[] =>
  Array.from({ length: chance.int(6, 12) }, (_, k) => ({ item: `loop-${k}`, durationMs: chance.int(15, 45) * 1000 }));

/** A loop of some screens holds items with days, hours or tags of their own; the first half of it is there at all times. */
function placed(
  loop: readonly TimedItem[],
  chance: Chance,
  frame: { venue: Venue; openMin: number; firstDate: string },
): LoopItem[] {
  const { venue, openMin, firstDate } = frame;
  const kinds: readonly [() => Partial<LoopItem>, ...(() => Partial<LoopItem>)[]] = [
    () => ({ dayParts: [partOf(chance, venue, openMin)] }),
    () => ({ from: addDays(firstDate, chance.int(1, 9)) }),
    () => ({ to: addDays(firstDate, chance.int(0, 9)) }),
    () => ({ weekdays: WEEKDAYS.slice(chance.int(0, 2), chance.int(3, 7)) }),
    () => ({ separation: TAG }),
  ];
  if (!chance.happens(0.3)) return [...loop];
  return loop.map((item, k) => (k < loop.length / 2 ? item : { ...item, ...chance.pick(kinds)() }));
}

/** Two films of rivals never stand back to back. */
const TAG = 'rivals';

type Form = (id: string, frame: { chance: Chance; venue: Venue; openMin: number }) => ProgramCommitment;

const FORMS: readonly [Form, ...Form[]] = [
  // At least N plays a day.
  (id, { chance, openMin }) => commitmentOf(id, { ...films(id, chance), minPlays: countOf(chance, openMin, 0.1) }),
  // N plays in a part of the day.
  (id, { chance, venue, openMin }) => {
    const part = partOf(chance, venue, openMin);
    const partMin = minutesOfWallTime(part.to) - minutesOfWallTime(part.from);
    return commitmentOf(id, { ...films(id, chance), dayParts: [part], minPlays: countOf(chance, partMin, 0.12) });
  },
  // A share of all plays.
  (id, { chance }) => commitmentOf(id, { ...films(id, chance), minShare: chance.int(2, 8) / 100 }),
  // N plays, at most so many an hour and so far apart.
  (id, { chance, openMin }) => {
    const maxPlaysPerHour = chance.int(2, 8);
    const minPlays = Math.min(countOf(chance, openMin, 0.1), Math.floor((maxPlaysPerHour * openMin) / 150));
    return commitmentOf(id, { ...films(id, chance), minPlays, maxPlaysPerHour, minGapMs: chance.int(1, 5) * 60_000 });
  },
  // N plays on working days only.
  (id, { chance, openMin }) =>
    commitmentOf(id, {
      ...films(id, chance),
      minPlays: countOf(chance, openMin, 0.1),
      weekdays: [...WEEKDAYS.slice(0, 5)],
    }),
  // Never longer than so many minutes without it.
  (id, { chance }) =>
    commitmentOf(id, { ...films(id, chance), minPlays: 1, maxGapMs: chance.int(15, 50) * 60_000, priority: 1 }),
  // A share of all time shown.
  (id, { chance }) => commitmentOf(id, { ...films(id, chance), minAirtimeShare: chance.int(2, 8) / 100 }),
  // At exact times, of which takeovers and outages make some late.
  (id, { chance, venue, openMin }) => {
    const exactTimes = timesOf(chance, venue, openMin);
    return commitmentOf(id, { ...films(id, chance), exactTimes, minPlays: exactTimes.length, priority: 2 });
  },
  // N plays, never next to another film of the tag.
  (id, { chance, openMin }) =>
    commitmentOf(id, { ...films(id, chance), minPlays: countOf(chance, openMin, 0.05), separation: TAG }),
];

/** Two counts, and one to four promises of any form. */
function promisesOf(chance: Chance, venue: Venue, openMin: number): ProgramCommitment[] {
  const forms = [FORMS[0], FORMS[1] ?? FORMS[0], ...Array.from({ length: chance.int(1, 4) }, () => chance.pick(FORMS))];
  const promises = forms.map((form, k) => form(`k${k}.main.f1`, { chance, venue, openMin }));
  // Few people promise something for a day on which the screen is off.
  const isCareless = chance.happens(0.1);
  return promises.map((promise) =>
    isCareless ? promise : { ...promise, weekdays: promise.weekdays.filter((day) => venue.days.includes(day)) },
  );
}

function films(id: string, chance: Chance): Pick<ProgramCommitment, 'items'> {
  const name = id.replace(/\..*$/, '');
  return {
    items: Array.from({ length: chance.int(1, 3) }, (_, k) => ({
      item: `film-${name}-${k}`,
      durationMs: chance.int(15, 60) * 1000,
      weight: chance.int(1, 3),
    })),
  };
}

/** A count whose plays of at most a minute take at most `load` of the time. */
const countOf = (chance: Chance, openMin: number, load: number): number =>
  chance.int(3, Math.max(3, Math.floor(openMin * load)));

function partOf(chance: Chance, venue: Venue, openMin: number): DayPart {
  const length = Math.max(40, Math.floor(openMin * (0.3 + 0.3 * chance.next())));
  // No day part begins after midnight.
  const from = Math.min(1430, minutesOfWallTime(venue.from) + chance.int(0, openMin - length));
  return { from: wallTime(from), to: wallTime(from + length) };
}

/** One to four times, ten minutes or more apart. */
function timesOf(chance: Chance, venue: Venue, openMin: number): string[] {
  const openedMin = minutesOfWallTime(venue.from);
  const stepMin = Math.floor(openMin / 4);
  const count = chance.int(1, 4);
  return Array.from({ length: count }, (_, k) => wallTime(openedMin + k * stepMin + chance.int(2, stepMin - 12)));
}

const wallTime = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Films, and here and there a card. */
function manifestOf(items: readonly TimedItem[]): Manifest {
  return Object.fromEntries(
    items.map(({ item, durationMs }) => {
      const isCard = item.endsWith('-5');
      const sha = shaOf(item);
      return isCard
        ? [item, { type: 'card', sha, text: '您好', textEn: 'Hello', theme: 'red', name: item }]
        : [item, { type: 'video', sha, bytes: 1000, mime: 'video/mp4', durationMs, name: item }];
    }),
  );
}
