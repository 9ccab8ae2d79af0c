/** A screen through its days: carries out the real plan, slot by slot, with the real journal, while things go wrong. */
import type { Chance } from './chance.ts';
import { AgentGone, type Fuse, isSeldom } from './crash-point.ts';
import type { FaultEvent } from './fault-plan.ts';
import type { FaultRates } from './fault-rates.ts';
import type { Machine } from './machine.ts';
import { type Session, type SessionDeps, startSession } from './session.ts';
import type { SimulatedDisk } from './simulated-disk.ts';
import { createSimulatedLink } from './simulated-link.ts';
import type { SimulatedNetwork } from './simulated-network.ts';
import type { SimulatedServer } from './simulated-server.ts';
import { createSimulatedShows, LATE_MS } from './simulated-shows.ts';
import type { SimulatedTakeovers } from './simulated-takeovers.ts';
import type { Witness } from './witness.ts';

/**
 * What a simulated player is made of. `name` begins the ids of its starts; `keepMs`: how long what is logged is kept; `sealAfterMs`: a segment is sealed
 * at this age.
 */
export type PlayerDeps = Omit<
  SessionDeps,
  'raw' | 'files' | 'boot' | 'isMissing' | 'random' | 'onMessage' | 'logPatience'
> & {
  name: string;
  machine: Machine;
  disk: SimulatedDisk;
  fuse: Fuse;
  witness: Witness;
  server: SimulatedServer;
  takeovers: SimulatedTakeovers;
  network: SimulatedNetwork;
  events: readonly FaultEvent[];
  rates: FaultRates['stage'];
  chance: Chance;
  keepMs: number;
  sealAfterMs: number;
  asksLog: boolean;
};

type StopEvent = Extract<FaultEvent, { kind: 'stop' }>;

/**
 * How a player is left. `ends`: how often agent or power ended; `unwritten`: messages that stood when that happened, or stand now; `changed`: sealed files
 * that were changed on the disk.
 */
export type PlayerState = { isOnline: boolean; ends: number; messages: number; unwritten: number; changed: number };

/** The player. */
export type SimulatedPlayer = {
  /** Goes on for a moment: one showing, some minutes of waiting, or to the next event; never past `untilMs`, true time. */
  step(untilMs: number): Promise<void>;
  state(): PlayerState;
  /** Nothing goes wrong any more, and nothing is shown; it is switched on and connected. */
  rest(): void;
};

/** What stands ready can be called this soon; the least a new plan leaves the stage. */
const LEAD_MS = 400;
const IDLE_MS = 600_000;

/** A player that is switched on. */
export function createSimulatedPlayer(deps: PlayerDeps): SimulatedPlayer {
  const { machine, disk, fuse, witness, takeovers, chance, active } = deps;
  const shows = createSimulatedShows(deps);
  const link = createSimulatedLink(deps);
  /** The agent while it runs; what its end at an armed point is to be like. What waits for a `seldom` point does so over all runs of the agent. */
  const at: Record<'armed' | 'seldom', StopEvent | null> & { session: Session | null } = {
    ...{ session: null, armed: null, seldom: null },
  };
  const media = new Map<string, 'failing' | 'missing'>();
  let events = deps.events;
  let nextEvent = 0;
  let power: { isOff: boolean; losesClock: boolean; offUntilMs: number } = {
    isOff: false,
    losesClock: false,
    offUntilMs: 0,
  };
  let needsPlan = true;
  let cursorMs = 0;
  let boots = 0;
  let ends = 0;
  let messages = 0;
  let unwritten = 0;
  let changed = 0;
  let isResting = false;

  function start(): Session {
    if (power.isOff) machine.powerOn(power.losesClock);
    power = { isOff: false, losesClock: false, offUntilMs: 0 };
    fuse.renew();
    arm();
    boots += 1;
    needsPlan = true;
    link.lost();
    at.session = startSession({
      ...deps,
      raw: machine.raw,
      files: disk.files,
      boot: `${deps.name}-${boots}`,
      isMissing: (item) => media.get(item) === 'missing',
      random: () => chance.next(),
      programSinceMs: boots === 1 ? deps.programSinceMs : null,
      // Asking costs as much as all else of a quiet hour; at rest everything goes its usual way.
      logPatience: () => (deps.asksLog ? (isResting ? 1 : 12) : null),
      onMessage: (isShown) => {
        messages += isShown ? 1 : 0;
      },
    });
    return at.session;
  }

  function arm(): void {
    fuse.arm([at.armed, at.seldom].flatMap((event) => event?.point ?? []));
  }

  /** What the end at the point that was reached is like. */
  function armedEnd(): Pick<StopEvent, 'cause' | 'offMs' | 'losesClock'> {
    const point = fuse.blownAt();
    const event = [at.armed, at.seldom].find((one) => one !== null && one.point === point);
    if (event && event === at.seldom) at.seldom = null;
    return event ?? { cause: 'agent', offMs: 5000, losesClock: false };
  }

  /** The agent is gone, for as long as `stop` says; a play under way was never recorded. */
  function end(stop: Pick<StopEvent, 'cause' | 'offMs' | 'losesClock'>): void {
    at.session?.disconnect();
    fuse.blow();
    if (stop.cause === 'power') disk.powerCut();
    ends += 1;
    // What stood then has no record, nor has one that was being written.
    unwritten = messages - witness.messagesTold();
    witness.agentEnded();
    at.session = null;
    at.armed = null;
    power = { isOff: stop.cause === 'power', losesClock: stop.losesClock, offUntilMs: machine.nowMs() + stop.offMs };
  }

  function endOrderly(running: Session, offMs: number): void {
    running.stop();
    at.session = null;
    at.armed = null;
    power = { isOff: false, losesClock: false, offUntilMs: machine.nowMs() + offMs };
  }

  /** What happens to the machine whether or not the agent runs. */
  function happen(event: FaultEvent): void {
    if (event.kind === 'network') link.setUp(event.isUp);
    else if (event.kind === 'clock') machine.stepClock(event.byMs);
    else if (event.kind === 'disk') disk.setTrouble(event.trouble);
    else if (event.kind === 'rot') rot(event.how);
    else if (event.kind === 'media') {
      if (event.state === 'fine') media.delete(event.item);
      else media.set(event.item, event.state);
      needsPlan = true;
    }
  }

  /** A sealed segment that the server has not answered is damaged. */
  function rot(how: 'unreadable' | 'changed'): void {
    const hit = deps.segments.list().find(({ state }) => state === 'sealed');
    if (!hit) return;
    disk.damage(`/journal/${hit.epoch}/${String(hit.segment).padStart(8, '0')}.sealed`, how);
    witness.rotted();
    if (how === 'changed') changed += 1;
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
        at[isSeldom(event.point) ? 'seldom' : 'armed'] = event;
        arm();
      } else if ((event.kind === 'takeover' || event.kind === 'takeover-end') && link.isConnected()) {
        session.takeOver(takeovers.standing(machine.nowMs()));
      }
    }
  }

  /** The next event that takes the screen away, or null. */
  function nextCut(untilTrueMs: number): FaultEvent | null {
    let isReached = link.isConnected();
    for (let k = nextEvent; ; k += 1) {
      const event = events[k];
      if (!event || event.atMs >= untilTrueMs) return null;
      if (event.kind === 'network') isReached &&= event.isUp;
      if (event.kind === 'restart' || (event.kind === 'takeover' && isReached)) return event;
      if (event.kind === 'stop' && event.point === null) return event;
    }
  }

  function plan(running: Session): void {
    const date = running.day.date();
    if (date === null) return;
    needsPlan = false;
    cursorMs = running.clock.nowMs() + LEAD_MS;
    const isUsable = (item: string): boolean => media.get(item) !== 'missing' && running.aside.isUsable(item);
    const playedOn = running.book.playedOn;
    running.planner.plan(running.claim.plannable(active), { date, fromMs: cursorMs, playedOn, isUsable });
  }

  /** Waits, at most some minutes and to the next event. */
  function idle(forMs: number, untilMs: number): void {
    const toMs = machine.nowMs() + Math.max(1, Math.min(IDLE_MS, forMs));
    machine.moveTo(Math.min(toMs, untilMs, events[nextEvent]?.atMs ?? toMs));
  }

  function goOn(running: Session, untilMs: number): void {
    const { clock, planner, aside, day, takeover } = running;
    if (running.settleClock()) needsPlan = true;
    if (day.settle()) needsPlan = true;
    if (aside.expire()) needsPlan = true;
    takeover.look();
    const nowMs = clock.nowMs();
    const takenMs = takeover.freeFromMs(nowMs) - nowMs;
    if (takenMs > 0 || isResting) {
      needsPlan = true;
      idle(isResting ? (running.timers.nextM() ?? Number.POSITIVE_INFINITY) - clock.monoMs() : takenMs, untilMs);
      return;
    }
    if (needsPlan) plan(running);
    const cue = planner.nextFrom(cursorMs);
    const startsInMs = (cue?.slot.startMs ?? Number.POSITIVE_INFINITY) - clock.nowMs();
    if (!cue || startsInMs > 0) idle(startsInMs, untilMs);
    else if (startsInMs < -LATE_MS) needsPlan = true;
    else if (media.get(cue.slot.item) === 'failing') {
      shows.refuse(running, cue);
      needsPlan = true;
    } else {
      const shown = shows.show(running, cue, nextCut);
      if (!shown) return;
      cursorMs = shown.cursorMs;
      if (shown.needsPlan) needsPlan = true;
    }
  }

  return {
    async step(untilMs) {
      try {
        happenDue();
        if (!at.session && machine.nowMs() < power.offUntilMs) {
          machine.moveTo(Math.min(power.offUntilMs, untilMs, events[nextEvent]?.atMs ?? untilMs));
          return;
        }
        const session = at.session ?? start();
        await link.upkeep(session);
        if (fuse.isBlown()) throw new AgentGone('the agent ended while sending');
        goOn(session, untilMs);
      } catch (error) {
        if (!(error instanceof AgentGone)) throw error;
        end(armedEnd());
      }
    },
    state: () => ({
      isOnline: at.session !== null && link.isConnected(),
      ends,
      changed,
      messages,
      unwritten: unwritten + (at.session?.takeover.standing() ? 1 : 0),
    }),
    rest() {
      events = [];
      media.clear();
      disk.setTrouble(null);
      link.setUp(true);
      at.seldom = null;
      if (at.session) fuse.renew();
      power = { ...power, offUntilMs: 0 };
      isResting = true;
      link.lost();
    },
  };
}
