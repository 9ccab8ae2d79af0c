/** Notices to systemd by its own helper program, where this process runs as a service that waits for them. */
import { execFile } from 'node:child_process';
import { systemClock, systemTimers } from '../clock.ts';
import type { Log } from '../log.ts';
import { noticeService } from '../update/service-notice.ts';

/** Starts to tell that the agent lives; does nothing outside of a service. */
export function tellSystemd(lastPulseM: () => number | null, log: Log): void {
  if (process.env.NOTIFY_SOCKET === undefined) return;
  const notify = (word: string): void => {
    execFile('systemd-notify', [word], (error) => {
      if (error) log('warn', 'systemd was not told', { word, error: error.message });
    });
  };
  noticeService({ timers: systemTimers, monoMs: systemClock.monoMs, lastPulseM, notify });
}
