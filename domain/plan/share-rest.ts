/** How a count for a whole target is shared out again when screens go down or come back in the middle of a day. */
import { type Room, shareOut } from './share-out.ts';

/**
 * A target screen now: `room` for plays in the rest of the day; `counted` plays of the day so far; `isUp`: it is there to be told; `part`: what it
 * was given last, null where it has none yet.
 */
export type TargetScreen = Room & { readonly counted: number; readonly isUp: boolean; readonly part: number | null };

/**
 * The part of every screen for the whole day, in the order given: plays already counted stay where they were made, and what is left of `count`
 * goes to the screens that are up, by the room they have left. A screen that is down keeps its part: it may still play, which is more than promised
 * and never less. Where no screen is up, all are taken to be.
 */
export function shareRest(count: number, screens: readonly TargetScreen[]): number[] {
  const isAnyUp = screens.some(({ isUp, room }) => isUp && room > 0);
  const counted = screens.reduce((sum, screen) => sum + screen.counted, 0);
  const takes = (screen: TargetScreen): boolean => !isAnyUp || screen.isUp;
  const takers = screens.filter(takes);
  const { parts } = shareOut(Math.max(0, count - counted), takers);
  let nth = 0;
  return screens.map((screen) => {
    if (!takes(screen)) return screen.part ?? 0;
    const part = screen.counted + (parts[nth] ?? 0);
    nth += 1;
    return part;
  });
}
