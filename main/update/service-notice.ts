/** Tells systemd that the agent has started and lives, while the page does too; a watchdog of the service acts on its silence. */
import { every, type Timers } from '../clock.ts';

const PERIOD_MS = 20_000;
/** A page that has been silent for this long is beyond what the agent can mend. */
const PAGE_LIMIT_MS = 60_000;

/** What the notice needs: `notify` runs `systemd-notify` with one word; `lastPulseM` is the page's last word in monotonic ms. */
export type NoticeDeps = {
  timers: Timers;
  monoMs: () => number;
  lastPulseM: () => number | null;
  notify: (word: string) => void;
};

/** Says `READY=1` now and `WATCHDOG=1` every 20 s; gives the function that ends it. */
export function noticeService({ timers, monoMs, lastPulseM, notify }: NoticeDeps): () => void {
  const startM = monoMs();
  notify('READY=1');
  return every(timers, PERIOD_MS, () => {
    if (monoMs() - (lastPulseM() ?? startM) <= PAGE_LIMIT_MS) notify('WATCHDOG=1');
  });
}
