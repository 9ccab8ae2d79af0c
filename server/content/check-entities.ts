/** Faults and doubts that only several entities together show. */
import { type Campaign, isTargeted } from '../../domain/catalogue/campaign.ts';
import type { Screen, Unit } from '../../domain/catalogue/organisation.ts';
import type { DayPart } from '../../domain/time/opening-hours.ts';
import { minutesOfWallTime } from '../../domain/time/zone-time.ts';
import { type FileFault, shownValue } from '../../protocol/file-faults.ts';
import type { Placed, PlacedEntities } from './content.ts';

/** Units that stand below themselves, and flights for which a campaign has nothing to show. */
export function entityFaults({ units, campaigns }: PlacedEntities): FileFault[] {
  const byId = new Map(units.map(({ entity }) => [entity.id, entity]));
  return [...units.flatMap((unit) => loopedUnit(unit, byId)), ...campaigns.flatMap(emptyFlights)];
}

/** Campaigns that mean no screen, and day parts outside the opening hours of a screen they are promised on. */
export function entityWarnings({ units, screens, campaigns }: PlacedEntities): FileFault[] {
  const byId = new Map(units.map(({ entity }) => [entity.id, entity]));
  return campaigns.flatMap(({ file, entity: campaign }) => {
    const targets = screens.map(({ entity }) => entity).filter((screen) => isTargeted(campaign, screen, byId));
    if (targets.length > 0) return placedParts(campaign).flatMap((part) => closedPart(file, part, campaign, targets));
    const allowed = 'targets that mean at least one screen of organisation.json';
    return [{ file, place: 'targets', value: shownValue(campaign.targets), allowed }];
  });
}

function loopedUnit({ file, place, entity }: Placed<Unit>, byId: ReadonlyMap<string, Unit>): FileFault[] {
  const seen = new Set<string>();
  let at = entity.parentId;
  while (at !== null && at !== entity.id && !seen.has(at)) {
    seen.add(at);
    at = byId.get(at)?.parentId ?? null;
  }
  if (at !== entity.id) return [];
  const allowed = 'a unit that is neither this one nor below it';
  return [{ file, place: `${place}.parentId`, value: shownValue(entity.parentId), allowed }];
}

function emptyFlights({ file, entity }: Placed<Campaign>): FileFault[] {
  return entity.flights.flatMap(({ id }, k) => {
    const isShown = entity.creatives.some((c) => c.flights.length === 0 || c.flights.includes(id));
    const allowed = 'a flight that at least one creative belongs to';
    return isShown ? [] : [{ file, place: `flights[${k}].id`, value: shownValue(id), allowed }];
  });
}

type PlacedPart = { place: string; part: DayPart };

/** The day parts that promises are kept in: their own, else those of the campaign. */
function placedParts(campaign: Campaign): PlacedPart[] {
  const own = campaign.commitments.flatMap((commitment, c) =>
    commitment.dayParts.map((part, k) => ({ place: `commitments[${c}].dayParts[${k}]`, part })),
  );
  const isCommonUsed = campaign.commitments.some((commitment) => commitment.dayParts.length === 0);
  return isCommonUsed ? [...campaign.dayParts.map((part, k) => ({ place: `dayParts[${k}]`, part })), ...own] : own;
}

function closedPart(file: string, { place, part }: PlacedPart, campaign: Campaign, targets: Screen[]): FileFault[] {
  const closed = targets.filter((screen) => !isOpenIn(screen, part, campaign));
  const [first] = closed;
  if (!first) return [];
  const hours = first.openingHours.map((h) => `${h.days.join(' ')} ${h.from}-${h.to}`).join(', ');
  const more = closed.length > 1 ? `, and of ${closed.length - 1} more` : '';
  return [
    { file, place, value: shownValue(part), allowed: `a span in the opening hours of ${first.id} (${hours})${more}` },
  ];
}

function isOpenIn(screen: Screen, part: DayPart, campaign: Campaign): boolean {
  const from = minutesOfWallTime(part.from);
  const to = minutesOfWallTime(part.to);
  return screen.openingHours.some(
    (hours) =>
      hours.days.some((day) => campaign.weekdays.includes(day)) &&
      minutesOfWallTime(hours.from) < to &&
      from < minutesOfWallTime(hours.to),
  );
}
