/** Tells when a start has gone well: for a minute, every second, the page showed what it was told to. */
import type { StageCommand, StageEvent } from '../../protocol/stage.ts';

/** How long all has to be well, without a break. */
export const PROVING_MS = 60_000;
/** A page tells of itself every second; longer without a word is a break. */
const LONGEST_SILENCE_MS = 5000;

/** What has been seen. `sinceM`: since when all is well; `isDark`: whether a dark screen is right; `pulseM`: the page's last word. Monotonic ms. */
export type HealthWatch = { sinceM: number | null; isDark: boolean; pulseM: number | null };

/** Nothing seen yet. */
export const UNSEEN: HealthWatch = { sinceM: null, isDark: false, pulseM: null };

/** A command to the page: a dark screen is right while the screen is closed or nothing is due, not while there is no program. */
export function afterCommand(watch: HealthWatch, command: StageCommand): HealthWatch {
  if (command.type === 'idle') {
    return { ...watch, isDark: command.reason === 'closed' || command.reason === 'nothing-due' };
  }
  return command.type === 'show' || command.type === 'pairing' ? { ...watch, isDark: false } : watch;
}

/** An event of the page at `nowM`. */
export function afterEvent(watch: HealthWatch, event: StageEvent, nowM: number): HealthWatch {
  if (event.type !== 'pulse') return watch;
  const isWell = event.showing === null ? watch.isDark : event.frames > 0;
  const isUnbroken = watch.pulseM === null || nowM - watch.pulseM <= LONGEST_SILENCE_MS;
  const sinceM = !isWell ? null : isUnbroken ? (watch.sinceM ?? nowM) : nowM;
  return { ...watch, sinceM, pulseM: nowM };
}

/** Whether the start has gone well. */
export const isProved = (watch: HealthWatch, nowM: number): boolean =>
  watch.sinceM !== null && nowM - watch.sinceM >= PROVING_MS;
