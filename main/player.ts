/** The player: joins journal, engine, link and cache into one agent for one screen. */
import { join } from 'node:path';
import type { ProofRecord } from '../domain/proof/record.ts';
import { MAX_SEGMENT_AGE_MS } from '../domain/proof/segment.ts';
import type { Status, Welcome } from '../protocol/player-link.ts';
import { every, type RawClock, type Timers } from './clock.ts';
import { loadDeviceKey } from './device-key.ts';
import { createDisciplinedClock } from './disciplined-clock.ts';
import type { DurableFiles } from './durable-files.ts';
import type { ActiveProgram } from './engine/cue.ts';
import { createEngine } from './engine/engine.ts';
import type { Engine } from './engine/engine-port.ts';
import { createIncidents, type Incidents } from './incidents.ts';
import { createLink, type Link } from './link/link.ts';
import type { Connect, PlayerSocket } from './link/socket-port.ts';
import { createUploader } from './link/uploader.ts';
import { type Log, messageOf } from './log.ts';
import type { MediaFiles } from './media-files.ts';
import type { MediaSource } from './media-source.ts';
import { createPlayerStorage, type PlayerStorage } from './player-storage.ts';
import { createPrograms } from './programs.ts';
import { openSettings } from './settings.ts';
import { createStageMedia } from './stage-media.ts';
import type { StagePort } from './stage-port.ts';
import { createUpkeep, type UpkeepParts } from './upkeep.ts';
import { createWithdrawals, withdrawnWith } from './withdrawals.ts';

const TICK_MS = 1000;
/** How long a stop waits for the last segment to be taken. */
const FAREWELL_MS = 2000;

/** What a player is made of. `data` is its folder, `server` what the pairing page names; `newId` gives a boot id. */
export type PlayerDeps = {
  server: string;
  data: string;
  build: string;
  enrolToken: string | null;
  raw: RawClock;
  timers: Timers;
  random: () => number;
  newId: () => string;
  log: Log;
  files: DurableFiles;
  mediaFiles: MediaFiles;
  mediaSource: (token: () => string | null) => MediaSource;
  connect: Connect;
  stage: StagePort;
  /** Most the media cache may take on the disk, bytes; null for what the disk allows. */
  cacheBytes: number | null;
  /** What the disk of the data folder has left; null where that cannot be told. */
  freeBytes: () => number | null;
  upkeep: UpkeepParts;
  /** For tests and simulations: sees every record that is on the disk. */
  onRecord?: (record: ProofRecord) => void;
};

/** The agent. */
export type Player = {
  start(): void;
  /** Ends the play under way, seals, and sends what can be sent within two seconds. */
  stop(): Promise<void>;
  status(): Status;
  /** The cached file of a checked media of the program in force, for the stage. */
  mediaFile(sha: string): { path: string; mime: string } | null;
  /** The address of a live source of the program in force. */
  liveSource(sha: string): string | null;
  /** The bearer token of the present connection, null without one. */
  fetchToken(): string | null;
  /** For troubles of the shell around the player. */
  incidents: Pick<Incidents, 'open' | 'close'>;
};

/** Builds the agent. Throws where the data folder cannot be used, with the reason. */
export function createPlayer(deps: PlayerDeps): Player {
  const { timers, log, files, data, random, build } = deps;
  const clock = createDisciplinedClock(deps.raw);
  const incidents = createIncidents(log);
  const settings = openSettings(files, join(data, 'settings.json'));
  const key = loadDeviceKey(files, join(data, 'device-key.pem'));
  const boot = deps.newId();
  let token: string | null = null;
  let active: ActiveProgram | null = null;
  let cancelTick = (): void => undefined;

  const source = deps.mediaSource(() => token);
  const storage: PlayerStorage = createPlayerStorage({
    ...deps,
    clock,
    key,
    boot,
    source,
    incidents,
    budgetBytes: deps.cacheBytes,
    wallMs: deps.raw.wallMs,
    isTimeCertain: () => engine.isTimeCertain(),
    onOpened: (records) => engine.restore(records),
    onArrival: () => engine.mediaChanged(),
    onLoss: () => engine.mediaChanged(),
  });
  const { cache, journal: held, programs: store } = storage;
  const media = createStageMedia(cache);
  const upkeep = createUpkeep({
    ...deps.upkeep,
    build,
    clock,
    timers,
    random,
    log,
    incidents,
    stage: deps.stage,
    screen: () => {
      const { screen, screenName } = settings.get();
      return screen === null ? null : { id: screen, name: screenName ?? screen };
    },
    shotEveryPlays: () => settings.get().shotEveryPlays,
    reload: () => engine.reloadPage('an operator asked for it'),
    program: () => active?.program ?? null,
  });
  const engine: Engine = createEngine({
    clock,
    timers,
    stage: upkeep.stage,
    playShots: upkeep.playShots,
    log,
    incidents,
    opened: () => {
      const { screen } = settings.get();
      const journal = held.get();
      return journal && screen !== null ? { journal, screen } : null;
    },
    isCached: ({ program }, item) => {
      const entry = program.manifest[item];
      return entry !== undefined && media.isHere(entry);
    },
    hangs: () => settings.get().rotation,
    onRecord: (record) => {
      deps.onRecord?.(record);
      if (record.kind !== 'play') return;
      storage.recorded(record);
      link.report();
    },
    onRisk: () => link.report(),
    onTakeover: (takeover) => {
      keep({ takeover });
      link.report();
    },
  });
  const withdrawals = createWithdrawals({
    cache,
    store,
    timers,
    log,
    keep: (withdrawing) => keep({ withdrawing }),
    note: (item) => engine.noteWithdrawn(item),
    onWithdrawn: upkeep.withdrawn,
  });
  const uploader = createUploader({
    journal: held.get,
    timers,
    random,
    log,
    spreadMs: () => settings.get().sealAfterMs,
    programs: { textOf: storage.programText, handOver: source.handOver },
  });
  const programs = createPrograms({ store, source, timers, random, log, apply });
  const link: Link = createLink(
    { connect: deps.connect, identity: { key, build, enrolToken: deps.enrolToken }, timers, clock, random, log },
    {
      onWelcome,
      onPairing: (code) => engine.setPairing({ code, server: deps.server, device: key.id }),
      onProgram: (hash) => programs.ask(hash),
      onTakeover: (takeover) => engine.takeOver(takeover),
      onCommand: upkeep.command,
      onRetired: retire,
      onOffline: () => {
        upkeep.offline();
        token = null;
        uploader.setSocket(null);
        storage.proofLog.setSocket(null);
        cache.setOnline(false);
        programs.offline();
      },
      onTime: (sample) => clock.offer(sample),
      status,
    },
  );

  function apply(next: ActiveProgram | null): void {
    if (next?.hash === active?.hash) return;
    const isFirst = active === null && settings.get().program === null;
    const withdrawing = withdrawnWith(next, active, settings.get().withdrawing);
    const before = active;
    adopt(next);
    keep({ withdrawing, program: next?.hash ?? null, ...(next && { rotation: next.program.display?.rotation ?? 0 }) });
    storage.want(next);
    store.keepOnly([next?.hash, before?.hash]);
    engine.setProgram(next, isFirst);
    if (next) withdrawals.carryOut(withdrawing, next);
  }

  function adopt(next: ActiveProgram | null): void {
    active = next;
    media.adopt(next?.program ?? null);
  }

  /** Settings that cannot be written are only missed at the next start, and can be had from the server then. */
  function keep(part: Parameters<typeof settings.change>[0]): void {
    try {
      settings.change(part);
    } catch (error) {
      incidents.open('disk-full', 'settings', messageOf(error));
    }
  }

  function onWelcome(welcome: Welcome, socket: PlayerSocket): void {
    const { screen, screenName, sealAfterMs, shotEveryPlays, next } = welcome;
    token = welcome.fetchToken;
    keep({ screen, screenName, sealAfterMs, shotEveryPlays });
    engine.setPairing(null);
    held.open(screen, active);
    engine.takeOver(welcome.takeover);
    held.welcomed(next);
    cache.setOnline(true);
    programs.ask(welcome.program);
    uploader.setSocket(socket);
    storage.proofLog.setSocket(socket);
    upkeep.online(socket);
  }

  function retire(): void {
    engine.takeOver(null);
    engine.retire();
    // An epoch is of one server: the next one may be another.
    held.get()?.startEpoch(0);
    storage.proofLog.leave();
    adopt(null);
    storage.want(null);
    keep({ screen: null, screenName: null, program: null, withdrawing: [] });
  }

  function tick(): void {
    const { screen } = settings.get();
    if (screen !== null) held.open(screen, active);
    held.get()?.sealOlderThan(link.isOnline() ? settings.get().sealAfterMs : MAX_SEGMENT_AGE_MS);
    uploader.kick();
    upkeep.tick();
    storage.tick();
  }

  function status(): Status {
    const { program } = settings.get();
    return {
      atMs: Math.max(0, clock.nowMs()),
      ...engine.status(),
      program,
      unsent: held.get()?.shelf.unsentCount() ?? 0,
      clockErrorMs: clock.state().errorMs,
      ...upkeep.status(),
      incidents: incidents.list(),
    };
  }

  return {
    start() {
      const { screen, program, takeover, withdrawing } = settings.get();
      const stored = program === null ? null : store.load(program);
      adopt(stored);
      if (screen !== null) held.open(screen, active);
      engine.takeOver(takeover);
      if (stored) {
        storage.want(stored);
        engine.setProgram(stored);
        withdrawals.carryOut(withdrawing, stored);
      }
      engine.start();
      link.start();
      cancelTick = every(timers, TICK_MS, tick);
    },
    async stop() {
      cancelTick();
      engine.stop();
      held.get()?.seal();
      if (link.isOnline()) {
        uploader.kick();
        await Promise.race([uploader.idle(), new Promise<void>((resolve) => timers.after(FAREWELL_MS, resolve))]);
      }
      link.stop();
      storage.proofLog.stop();
      withdrawals.stop();
      upkeep.stop();
      cache.stop();
    },
    status,
    mediaFile: media.file,
    liveSource: media.liveSource,
    fetchToken: () => token,
    incidents,
  };
}
