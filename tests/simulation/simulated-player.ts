/** A screen through its days: carries out the real plan, slot by slot, with the real journal, while things go wrong. */

import type { Cue } from '../../main/engine/cue.ts';
import { dateAt } from '../../main/engine/planner.ts';
import type { PlayerSocket } from '../../main/link/socket-port.ts';
import type { Chance } from './chance.ts';
import { AgentGone, type Fuse } from './crash-point.ts';
import type { FaultEvent, FaultRates } from './fault-plan.ts';
import type { Machine } from './machine.ts';
import { type Session, type SessionDeps, startSession } from './session.ts';
import type { SimulatedDisk } from './simulated-disk.ts';
import { courseOf, truthOf } from './simulated-stage.ts';
import type { Showing, Witness } from './witness.ts';

/** What a simulated player is made of. `position`: where the server's chain of this device stands. */
export type PlayerDeps = Omit<SessionDeps, 'raw' | 'files' | 'boot' | 'isMissing' | 'random'> & {
  machine: Machine;
  disk: SimulatedDisk;
  fuse: Fuse;
  witness: Witness;
  socket: PlayerSocket;
  events: readonly FaultEvent[];
  rates: FaultRates['stage'];
  chance: Chance;
  position: () => Promise<{ epoch: number; nextSegment: number } | null>;
};

type StopEvent = Extract<FaultEvent, { kind: 'stop' }>;

/** How a player is left at the end of a run. */
export type PlayerEnd = { isOnline: boolean; isOn: boolean; ends: number; onlineSinceMs: number };

/** What stands ready can be called this soon; the least a new plan leaves the stage. */
const LEAD_MS = 400;
const LATE_MS = 250;
const SEAL_AFTER_MS = 600_000;
const IDLE_MS = 600_000;
const SYNC_EVERY_MS = 1_800_000;

/** Plays from now until `untilMs`, true time. */
export async function runPlayer(deps: PlayerDeps, untilMs: number): Promise<PlayerEnd> {
  const { machine, disk, fuse, witness, socket, events, rates, chance, active } = deps;
  /** The agent while it runs; what its end at an armed point is to be like. */
  const at: { session: Session | null; armed: StopEvent | null } = { session: null, armed: null };
  let offUntilMs = 0;
  let losesClock = false;
  let isPowerOff = false;
  let coveredUntilMs = 0;
  let isUp = true;
  let isConnected = false;
  let onlineSinceMs = machine.nowMs();
  let nextSyncMs = 0;
  let nextEvent = 0;
  let needsPlan = true;
  let cursorMs = 0;
  let boots = 0;
  let ends = 0;
  const media = new Map<string, 'failing' | 'missing'>();

  function start(): Session {
    if (isPowerOff) machine.powerOn(losesClock);
    isPowerOff = false;
    losesClock = false;
    fuse.renew();
    boots += 1;
    needsPlan = true;
    isConnected = false;
    at.session = startSession({
      ...deps,
      raw: machine.raw,
      files: disk.files,
      boot: `boot-${boots}`,
      isMissing: (item) => media.get(item) === 'missing',
      random: () => chance.next(),
      programSinceMs: boots === 1 ? deps.programSinceMs : null,
    });
    return at.session;
  }

  /** The agent is gone, for as long as `stop` says; a play under way was never recorded. */
  function end(stop: Pick<StopEvent, 'cause' | 'offMs' | 'losesClock'>): void {
    at.session?.uploader.setSocket(null);
    fuse.blow();
    ends += 1;
    witness.agentEnded();
    at.session = null;
    at.armed = null;
    isPowerOff = stop.cause === 'power';
    losesClock = stop.losesClock;
    offUntilMs = machine.nowMs() + stop.offMs;
  }

  function endOrderly(running: Session, offMs: number): void {
    running.recorder.mode('stopped', active);
    running.journal.seal();
    running.uploader.setSocket(null);
    at.session = null;
    offUntilMs = machine.nowMs() + offMs;
  }

  /** What happens to the machine whether or not the agent runs. */
  function happen(event: FaultEvent): void {
    if (event.kind === 'network') isUp = event.isUp;
    else if (event.kind === 'clock') machine.stepClock(event.byMs);
    else if (event.kind === 'takeover') coveredUntilMs = Math.max(coveredUntilMs, machine.nowMs() + event.lengthMs);
    else if (event.kind === 'rot' && disk.rot()) witness.rotted();
    else if (event.kind === 'media') {
      if (event.state === 'fine') media.delete(event.item);
      else media.set(event.item, event.state);
      needsPlan = true;
    }
  }

  function happenDue(): void {
    for (let event = events[nextEvent]; event && event.atMs <= machine.nowMs(); event = events[nextEvent]) {
      nextEvent += 1;
      happen(event);
      const { session } = at;
      if (!session) continue;
      if (event.kind === 'restart') endOrderly(session, event.offMs);
      else if (event.kind === 'stop' && event.point === null) end(event);
      else if (event.kind === 'stop' && event.point !== null) {
        at.armed = event;
        fuse.arm(event.point);
      }
    }
  }

  /** The next event that takes the screen away, or null. */
  function nextCut(untilTrueMs: number): FaultEvent | null {
    for (let k = nextEvent; ; k += 1) {
      const event = events[k];
      if (!event || event.atMs >= untilTrueMs) return null;
      if (event.kind === 'restart' || event.kind === 'takeover') return event;
      if (event.kind === 'stop' && event.point === null) return event;
    }
  }

  /** Everything an agent does between slots besides showing. */
  async function upkeep(running: Session): Promise<void> {
    const { journal, uploader, clock } = running;
    if (isConnected !== isUp) {
      isConnected = isUp;
      if (isUp) await connect(running);
      else uploader.setSocket(null);
    }
    if (isConnected && machine.nowMs() >= nextSyncMs) sync(running);
    journal.sealOlderThan(SEAL_AFTER_MS);
    const timerM = running.nextTimerM();
    if (timerM !== null && timerM <= clock.monoMs()) running.runTimers();
    else if (isConnected && journal.shelf.unsentCount() > 0) uploader.kick();
    else return;
    await uploader.idle();
  }

  async function connect({ journal, uploader }: Session): Promise<void> {
    onlineSinceMs = machine.nowMs();
    nextSyncMs = 0;
    const next = await deps.position();
    const here = journal.position();
    const isBehind =
      next && (next.epoch > here.epoch || (next.epoch === here.epoch && next.nextSegment > here.segment));
    if (isBehind) journal.startEpoch(next.epoch + 1);
    journal.seal();
    uploader.setSocket(socket);
    await uploader.idle();
  }

  function sync({ clock }: Session): void {
    nextSyncMs = machine.nowMs() + SYNC_EVERY_MS;
    const errorMs = chance.int(1, 40);
    const serverMs = machine.nowMs() + chance.int(-errorMs, errorMs);
    clock.offer({ serverMs, monoMs: clock.monoMs(), errorMs });
  }

  function plan(running: Session): void {
    const date = running.date();
    if (date === null) return;
    needsPlan = false;
    cursorMs = running.clock.nowMs() + LEAD_MS;
    const isUsable = (item: string): boolean => media.get(item) !== 'missing' && running.aside.isUsable(item);
    running.planner.plan(active, { date, fromMs: cursorMs, playedOn: (day) => running.book.playedOn(day), isUsable });
  }

  /** Waits for the next slot, at most some minutes and to the next event. */
  function idle(forMs: number): void {
    const toMs = machine.nowMs() + Math.max(1, Math.min(IDLE_MS, forMs));
    machine.moveTo(Math.min(toMs, untilMs, events[nextEvent]?.atMs ?? toMs));
  }

  function step(running: Session): void {
    const { clock, planner, aside } = running;
    if (running.settleClock()) needsPlan = true;
    if (running.settleDay()) needsPlan = true;
    if (aside.expire()) needsPlan = true;
    const coveredMs = coveredUntilMs - machine.nowMs();
    if (coveredMs > 0) {
      needsPlan = true;
      idle(coveredMs);
      return;
    }
    if (needsPlan) plan(running);
    const cue = planner.nextFrom(cursorMs);
    const startsInMs = (cue?.slot.startMs ?? Number.POSITIVE_INFINITY) - clock.nowMs();
    if (!cue || startsInMs > 0) idle(startsInMs);
    else if (startsInMs < -LATE_MS) needsPlan = true;
    else if (media.get(cue.slot.item) === 'failing') refuse(running, cue);
    else show(running, cue);
  }

  function show(running: Session, cue: Cue): void {
    const { clock } = running;
    const { durationMs } = cue.slot;
    const course = courseOf(chance, rates, durationMs);
    machine.moveTo(machine.nowMs() + course.delayMs);
    const m0 = clock.monoMs();
    const beginsLate = clock.wallAt(m0) - cue.slot.startMs > LATE_MS;
    const showing = showingOf(cue, clock.wallAt(m0));
    const dueMs = beginsLate ? durationMs : cue.slot.startMs + durationMs - clock.wallAt(m0);
    const endMs = machine.nowMs() + Math.max(100, dueMs + course.extraMs);
    const cut = nextCut(endMs);
    witness.shown(showing);
    machine.moveTo(cut ? cut.atMs : endMs);
    if (cut?.kind === 'stop') return;
    const m1 = clock.monoMs();
    showing.truth = truthOf(course, durationMs, m1 - m0);
    const frames = course.frames === 'none' ? 0 : cue.content.type === 'video' ? Math.ceil((m1 - m0) / 40) : 1;
    const seen = { shownMs: m1 - m0, dropped: 0, visible: course.isVisible };
    record(running, showing, { cue, m0, m1, seen, frames, hasFailed: false });
    cursorMs = cue.slot.startMs + durationMs;
    if (beginsLate || clock.nowMs() > cursorMs + LATE_MS) needsPlan = true;
  }

  /** The page cannot show the item and says so at once. */
  function refuse(running: Session, cue: Cue): void {
    const showing = showingOf(cue, running.clock.nowMs());
    showing.truth = 'failed';
    witness.shown(showing);
    running.aside.failed(cue.slot.item);
    const m = running.clock.monoMs();
    record(running, showing, { cue, m0: m, m1: m, seen: null, frames: 0, hasFailed: true });
  }

  function record(running: Session, showing: Showing, over: Parameters<Session['recorder']['play']>[0]): void {
    const { item } = over.cue.slot;
    witness.recording(showing);
    const outcome = running.recorder.play(over);
    if (outcome === 'complete') running.aside.succeeded(item);
    else needsPlan = true;
    if (outcome === 'failed' && !over.hasFailed) running.aside.failed(item);
  }

  function showingOf({ slot, date }: Cue, startMs: number): Showing {
    const isOff = Math.abs(startMs - machine.nowMs()) > 10_000;
    return {
      date,
      commitment: slot.commitment,
      item: slot.item,
      durationMs: slot.durationMs,
      isMakeGood: slot.reason === 'make-good',
      startMs,
      isOtherDay: isOff && dateAt(active, machine.nowMs()) !== date,
      truth: 'under-way',
      record: null,
      isStored: false,
    };
  }

  while (machine.nowMs() < untilMs) {
    try {
      happenDue();
      if (!at.session && machine.nowMs() < offUntilMs) {
        machine.moveTo(Math.min(offUntilMs, untilMs, events[nextEvent]?.atMs ?? untilMs));
        continue;
      }
      const session = at.session ?? start();
      await upkeep(session);
      if (fuse.isBlown()) throw new AgentGone('the agent ended while sending');
      step(session);
    } catch (error) {
      if (!(error instanceof AgentGone)) throw error;
      end(at.armed ?? { cause: 'agent', offMs: 5000, losesClock: false });
    }
  }
  return { isOnline: isUp, isOn: at.session !== null, ends, onlineSinceMs };
}
