/** Learning the server's time: the exchange of NTP (RFC 5905 section 8), the sample of the shortest way counting. */
import { PLAYER_EVENTS, timeAnswerSchema } from '../../protocol/player-link.ts';
import type { Timers } from '../clock.ts';
import type { TimeSample } from '../disciplined-clock.ts';
import type { PlayerSocket } from './socket-port.ts';

const SAMPLES = 8;
const ANSWER_TIMEOUT_MS = 5000;
/** Waits between rounds, the last one for ever after. */
const PERIODS_MS = [30_000, 60_000, 300_000];

/** One round; null where no exchange succeeded. */
export async function sampleServerTime(socket: PlayerSocket, monoMs: () => number): Promise<TimeSample | null> {
  let best: TimeSample | null = null;
  for (let k = 0; k < SAMPLES; k += 1) {
    const sent = monoMs();
    const answer = timeAnswerSchema.safeParse(
      await socket.request(PLAYER_EVENTS.time, { sentAtMs: sent }, ANSWER_TIMEOUT_MS).catch(() => null),
    );
    if (!answer.success) return best;
    const { receivedAtMs, answeredAtMs } = answer.data;
    const back = monoMs();
    const wayMs = Math.max(0, back - sent - (answeredAtMs - receivedAtMs));
    // Whole milliseconds on both sides: one more on top of half the way.
    const errorMs = wayMs / 2 + 1;
    if (!best || errorMs < best.errorMs) {
      best = { serverMs: (receivedAtMs + answeredAtMs) / 2, monoMs: (sent + back) / 2, errorMs };
    }
  }
  return best;
}

/** Asks again and again until called off. */
export function keepTime(
  socket: PlayerSocket,
  timers: Timers,
  monoMs: () => number,
  offer: (sample: TimeSample) => void,
): () => void {
  let isOver = false;
  let cancel = (): void => undefined;
  const round = async (n: number): Promise<void> => {
    const sample = await sampleServerTime(socket, monoMs);
    if (isOver) return;
    if (sample) offer(sample);
    cancel = timers.after(PERIODS_MS[Math.min(n, PERIODS_MS.length - 1)] ?? 300_000, () => void round(n + 1));
  };
  void round(0);
  return () => {
    isOver = true;
    cancel();
  };
}
