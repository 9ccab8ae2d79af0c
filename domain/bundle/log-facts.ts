/** What the log says about the screens of a bundle, entry by entry. */
import type { LogEntry } from '../proof/log-entry.ts';

/** An entry of one kind, with its place in the log. */
export type Placed<Kind extends LogEntry['kind']> = Extract<LogEntry, { kind: Kind }> & { index: number };

/** A device bound to a screen; `text` is the entry's own, which a unit signs. */
export type EnrolledDevice = Placed<'enrolment'> & { text: string };

/** The facts. */
export type LogFacts = {
  /** Takes an entry; null: one that cannot be read, which may be about any screen. */
  take(entry: LogEntry | null, text: string, index: number): void;
  /** How a device was first bound to a screen of the bundle. */
  enrolment(device: string, screen: string): EnrolledDevice | null;
  enrolmentsOf(screen: string): readonly EnrolledDevice[];
  endorsements(): readonly Placed<'endorsement'>[];
  /** The segment logged under a number of a device. */
  segment(device: string, epoch: number, segment: number): Placed<'segment'> | null;
  /** All segments logged of a device, in no order. */
  segmentsOf(device: string): Iterable<Placed<'segment'>>;
  /** Other segments under numbers that were taken, and refused ones, of a device. */
  forksOf(device: string): readonly Placed<'fork'>[];
  refusedOf(device: string): readonly Placed<'quarantine'>[];
  hasProgram(hash: string): boolean;
  /** Programs given to a screen, in order. */
  assignmentsOf(screen: string): readonly Placed<'assignment'>[];
  /** The logs that this one says it follows, in the entries it begins with. */
  successions(): readonly Placed<'succession'>[];
  /** Entries that could not be read. */
  unreadable(): readonly number[];
};

/** No facts yet, about `screens`. */
export function createLogFacts(screens: ReadonlySet<string>): LogFacts {
  const enrolments = new Map<string, EnrolledDevice[]>();
  const endorsements: Placed<'endorsement'>[] = [];
  const segments = new Map<string, Map<string, Placed<'segment'>>>();
  const forks = new Map<string, Placed<'fork'>[]>();
  const refused = new Map<string, Placed<'quarantine'>[]>();
  const programs = new Set<string>();
  const assignments = new Map<string, Placed<'assignment'>[]>();
  const successions: Placed<'succession'>[] = [];
  const unreadable: number[] = [];

  function enrol(entry: Placed<'enrolment'>, text: string): void {
    if (screens.has(entry.screen)) push(enrolments, entry.screen, { ...entry, text });
  }

  function store(entry: Placed<'segment'>): void {
    const ofDevice = segments.get(entry.device) ?? new Map<string, Placed<'segment'>>();
    const place = `${entry.epoch}/${entry.segment}`;
    // A log that holds two under one number has forked the device's journal, whatever it calls them.
    if (ofDevice.has(place)) push(forks, entry.device, { ...entry, kind: 'fork' });
    else segments.set(entry.device, ofDevice.set(place, entry));
  }

  return {
    take(entry, text, index) {
      if (!entry) unreadable.push(index);
      else if (entry.kind === 'enrolment') enrol({ ...entry, index }, text);
      else if (entry.kind === 'program') programs.add(entry.hash);
      // Nowhere but at its beginning can a log say that.
      else if (entry.kind === 'succession' && index === successions.length) successions.push({ ...entry, index });
      else if (entry.kind === 'endorsement' && screens.has(entry.screen)) endorsements.push({ ...entry, index });
      else if (entry.kind === 'quarantine') push(refused, entry.device, { ...entry, index });
      else if (entry.kind === 'assignment' && screens.has(entry.screen)) {
        push(assignments, entry.screen, { ...entry, index });
      } else if (entry.kind === 'fork' && screens.has(entry.screen)) push(forks, entry.device, { ...entry, index });
      else if (entry.kind === 'segment' && screens.has(entry.screen)) store({ ...entry, index });
    },
    enrolment: (device, screen) => enrolments.get(screen)?.find((one) => one.device === device) ?? null,
    enrolmentsOf: (screen) => enrolments.get(screen) ?? [],
    endorsements: () => endorsements,
    segment: (device, epoch, segment) => segments.get(device)?.get(`${epoch}/${segment}`) ?? null,
    segmentsOf: (device) => segments.get(device)?.values() ?? [],
    forksOf: (device) => forks.get(device) ?? [],
    refusedOf: (device) => refused.get(device) ?? [],
    hasProgram: (hash) => programs.has(hash),
    assignmentsOf: (screen) => assignments.get(screen) ?? [],
    successions: () => successions,
    unreadable: () => unreadable,
  };
}

function push<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
