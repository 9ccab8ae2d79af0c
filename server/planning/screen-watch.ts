/** Which screens are there to carry out their part of a count shared out, without flapping. */
import type { Screen } from '../../domain/catalogue/organisation.ts';
import { openIntervals } from '../../domain/time/opening-hours.ts';
import { serviceDates } from '../../domain/time/service-dates.ts';
import type { LocalDate } from '../../domain/time/zone-time.ts';
import type { Clock } from '../clock.ts';
import type { FleetService } from '../fleet/fleet-service.ts';
import type { CatalogueStore } from '../stores/catalogue-store.ts';

/** A screen silent for this long within its opening hours is down. */
export const DOWN_AFTER_MS = 5 * 60_000;

/** A screen that was down is back once it has been connected for this long. */
export const BACK_AFTER_MS = 2 * 60_000;

/** The watch. */
export type ScreenWatch = {
  /** Looks at `screens` now; gives whether any went down or came back since the last look. */
  look(screens: Iterable<Screen>): boolean;
  /** Whether a screen is up, as of the last look; one that was never looked at is up. */
  isUp(screenId: string): boolean;
};

/** Makes the watch; nobody could be heard before it was made. A screen without a player is down. */
export function createScreenWatch(deps: { catalogue: CatalogueStore; fleet: FleetService; clock: Clock }): ScreenWatch {
  const { catalogue, fleet, clock } = deps;
  const startedAtMs = clock.nowMs();
  const onlineSince = new Map<string, number>();
  const down = new Map<string, LocalDate>();
  let enrolled = new Set<string>();

  fleet.onChanged((screenId) => {
    if (!fleet.live(screenId).online) onlineSince.delete(screenId);
    else if (!onlineSince.has(screenId)) onlineSince.set(screenId, clock.nowMs());
  });

  function isDownNow(screen: Screen, date: LocalDate): boolean {
    if (!enrolled.has(screen.id)) return true;
    const nowMs = clock.nowMs();
    const since = onlineSince.get(screen.id);
    // What was down on another date starts anew.
    if (since !== undefined) return down.get(screen.id) === date && nowMs - since < BACK_AFTER_MS;
    if (down.get(screen.id) === date) return true;
    const open = openIntervals(screen.openingHours, date, screen.timeZone).find(
      ({ startMs, endMs }) => startMs <= nowMs && nowMs < endMs,
    );
    if (!open) return false;
    const heardMs = Math.max(fleet.live(screen.id).lastSeenMs ?? startedAtMs, startedAtMs, open.startMs);
    return nowMs - heardMs >= DOWN_AFTER_MS;
  }

  return {
    look(screens) {
      const { devices } = catalogue.snapshot();
      enrolled = new Set([...devices.values()].filter((d) => d.retiredAtMs === null).map((d) => d.screenId));
      const dateOf = serviceDates(clock.nowMs());
      let hasChanged = false;
      for (const screen of screens) {
        const date = dateOf(screen);
        const isDown = isDownNow(screen, date);
        if (isDown !== down.has(screen.id)) hasChanged = true;
        if (isDown) down.set(screen.id, date);
        else down.delete(screen.id);
      }
      return hasChanged;
    },
    isUp: (screenId) => !down.has(screenId),
  };
}
