/** Screens with the same inputs, for which a program is made and a day is planned once. */
import { type Campaign, flightEnd } from '../catalogue/campaign.ts';
import type { Screen } from '../catalogue/organisation.ts';
import { targetIndex } from '../catalogue/target-index.ts';
import type { LocalDate } from '../time/zone-time.ts';
import type { ProgramSources } from './build-program.ts';

/** Screens that differ in nothing that a program is made of. `campaigns`: ids of the live ones that mean them and are not over on `date`. */
export type ScreenKind = {
  readonly key: string;
  readonly date: LocalDate;
  readonly sample: Screen;
  readonly campaigns: readonly string[];
  readonly screens: Screen[];
};

/** Sorts `screens` into kinds, in the order of their first screens; `dateOf` gives the date of service from which a screen's program starts. */
export function screenKinds(
  screens: Iterable<Screen>,
  sources: Pick<ProgramSources, 'units' | 'campaigns'>,
  dateOf: (screen: Screen) => LocalDate,
): ScreenKind[] {
  const live = [...sources.campaigns.values()].filter(({ state }) => state === 'live');
  const campaignsOf = targetIndex(live, sources.units);
  const idsOf = idsByDate();
  const kinds = new Map<string, ScreenKind>();
  for (const screen of screens) {
    const date = dateOf(screen);
    const { ids, text } = idsOf(campaignsOf(screen), date);
    const { kind, timeZone, openingHours, loopId } = screen;
    const key = `${kind}|${date}|${timeZone}|${hoursText(openingHours)}|${JSON.stringify(loopId)}|${displayText(screen)}|${text}`;
    const known = kinds.get(key);
    if (known) known.screens.push(screen);
    else kinds.set(key, { key, date, sample: screen, campaigns: ids, screens: [screen] });
  }
  return [...kinds.values()];
}

const hoursText = (hours: Screen['openingHours']): string =>
  hours.map(({ days, from, to }) => `${days.join('')}${from}-${to}`).join();

/** All that `buildProgram` makes of how a screen stands and sounds; it does not name the group of screens that go in step. */
const displayText = ({ rotation, sound, syncGroup }: Screen): string =>
  `${rotation}${syncGroup === null ? '' : 's'}${sound === null ? '' : JSON.stringify(sound)}`;

type Ids = { ids: readonly string[]; text: string };

/** The index gives screens meant alike one list, so that each list is read once a date. */
function idsByDate(): (campaigns: readonly Campaign[], date: LocalDate) => Ids {
  const known = new Map<readonly Campaign[], Map<LocalDate, Ids>>();
  return (campaigns, date) => {
    const ofList = known.get(campaigns) ?? new Map<LocalDate, Ids>();
    known.set(campaigns, ofList);
    const found = ofList.get(date);
    if (found) return found;
    const ids = campaigns.filter(({ flights }) => flights.some((f) => flightEnd(f) >= date)).map(({ id }) => id);
    const made = { ids, text: JSON.stringify(ids) };
    ofList.set(date, made);
    return made;
  };
}
