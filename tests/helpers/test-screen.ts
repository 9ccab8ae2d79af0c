/** One enrolled player before a test controller: says how it stands, and proves days. */
import type { Socket } from 'socket.io-client';
import type { Program } from '../../domain/plan/program.ts';
import type { ShortfallReason } from '../../domain/proof/record.ts';
import { PLAYER_EVENTS, type SegmentAnswer, type Status } from '../../protocol/player-link.ts';
import { playRecord } from './plays.ts';
import { bindDevice } from './pushing-device.ts';
import type { TestController } from './test-controller.ts';
import { emptyJournal, nextSegment, type Unnumbered } from './test-device.ts';

/** A play of a commitment at a moment of a date, and what spoils it. */
export type TestPlay = {
  commitment: string | null;
  item: string;
  atMs: number;
  durationMs: number;
  overrides?: Partial<Extract<Unnumbered, { kind: 'play' }>>;
};

/** A screen's player. */
export type TestScreen = {
  socket: Socket;
  program(): { hash: string; program: Program };
  /** Sends a status of `date`, and waits until the server has it. */
  report(date: string, tally: Record<string, number>, more?: Partial<Status>): Promise<void>;
  /** Sends a segment with plays of `date`. */
  play(date: string, plays: readonly TestPlay[]): Promise<SegmentAnswer>;
  /** Sends the signed end of `date`. */
  close(date: string, plays: Record<string, number>, short?: Record<string, ShortfallReason>): Promise<SegmentAnswer>;
};

/** Binds a new player to `screenId` of `server`. */
export async function enrolScreen(server: TestController, screenId = 'screen-1'): Promise<TestScreen> {
  const { key, socket, program, push: pushSegment } = await bindDevice(server, screenId);
  const journal = emptyJournal();
  let monoMs = 0;

  const push = (records: Unnumbered[]): Promise<SegmentAnswer> =>
    pushSegment(nextSegment(journal, key, screenId, program().hash, records));

  return {
    socket,
    program,
    async report(date, tally, more = {}) {
      const status: Status = {
        atMs: server.clock.nowMs(),
        state: 'showing',
        program: program().hash,
        showing: null,
        date,
        tally,
        unsent: 0,
        clockErrorMs: 0,
        incidents: [],
        ...more,
      };
      socket.emit(PLAYER_EVENTS.status, status);
      // Events of a socket are taken in order, and this one is answered.
      await socket.emitWithAck(PLAYER_EVENTS.time, { sentAtMs: 0 });
    },
    play(date, plays) {
      const records = plays.map(({ overrides, ...play }) => {
        const record = playRecord(program().program, { ...play, date, monoMs }, overrides);
        monoMs += play.durationMs;
        return record;
      });
      return push(records);
    },
    close(date, plays, short = {}) {
      const at = { t0: server.clock.nowMs(), t1: server.clock.nowMs(), m0: monoMs, m1: monoMs };
      return push([{ kind: 'dayclose', reason: 'closed', ...at, evidence: { date, plays, makeGoods: {}, short } }]);
    },
  };
}
