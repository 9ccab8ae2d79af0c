/** Decides the moment of a switch: the planned one, or the end of the film that shows where the two nearly coincide. */

/** A film that ends within this many milliseconds of the planned moment is switched on its own last frame. */
const ALIGN_MS = 250;
/** Up to this difference the film's end is kept exactly; beyond it the plan is approached by {@link STEP_MS} a switch. */
const FREE_MS = 80;
/** How much one switch may leave the film's end to win back the plan: one refresh of a 60 Hz display. */
export const STEP_MS = 1000 / 60;

/** A film's first frame may stand this much longer than the rest, to bring the film back to the plan. */
export const HOLD_MS = 50;
/**
 * How long the first frame of a film waits after the switch in the frame at `frameAtMs`, so that the film's own clock
 * starts at the planned moment: the two may lie apart because the switch was made on the end of the film before.
 */
export function holdMs(plannedAtMs: number, frameAtMs: number): number {
  return Math.min(HOLD_MS, Math.max(0, plannedAtMs - frameAtMs));
}

/**
 * The moment of the switch on the page's clock, in milliseconds. `filmEndsAtMs`: when the last frame of the film that
 * shows has stood for its full length; null when it is no film or not known yet.
 */
export function switchMoment(plannedAtMs: number, filmEndsAtMs: number | null): number {
  if (filmEndsAtMs === null) return plannedAtMs;
  const apart = plannedAtMs - filmEndsAtMs;
  if (Math.abs(apart) > ALIGN_MS) return plannedAtMs;
  return Math.abs(apart) <= FREE_MS ? filmEndsAtMs : filmEndsAtMs + Math.sign(apart) * STEP_MS;
}
