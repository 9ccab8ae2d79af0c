/** The player: joins journal, engine, link and cache into one agent for one screen. */
import { join } from 'node:path';
import type { ProofRecord } from '../domain/proof/record.ts';
import { MAX_SEGMENT_AGE_MS } from '../domain/proof/segment.ts';
import { addDays, localDateAt } from '../domain/time/zone-time.ts';
import type { Status, Welcome } from '../protocol/player-link.ts';
import { every, type RawClock, type Timers } from './clock.ts';
import { loadDeviceKey } from './device-key.ts';
import { createDisciplinedClock } from './disciplined-clock.ts';
import { type DurableFiles, errnoOf } from './durable-files.ts';
import type { ActiveProgram } from './engine/cue.ts';
import { createEngine, type Engine } from './engine/engine.ts';
import { createIncidents } from './incidents.ts';
import type { Journal } from './journal/journal.ts';
import { openJournal } from './journal/open-journal.ts';
import { createSegmentFiles } from './journal/segment-files.ts';
import { createLink, type Link } from './link/link.ts';
import type { Connect, PlayerSocket } from './link/socket-port.ts';
import { createUploader } from './link/uploader.ts';
import { type Log, messageOf } from './log.ts';
import { createMediaCache, type MediaCache } from './media-cache.ts';
import type { MediaFiles } from './media-files.ts';
import type { MediaSource } from './media-source.ts';
import { createProgramStore } from './program-store.ts';
import { createPrograms, mediaOf } from './programs.ts';
import { openSettings } from './settings.ts';
import type { StagePort } from './stage-port.ts';

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
};

/** Builds the agent. Throws where the data folder cannot be used, with the reason. */
export function createPlayer(deps: PlayerDeps): Player {
  const { timers, log, files, data, random, build } = deps;
  const clock = createDisciplinedClock(deps.raw);
  const incidents = createIncidents(log);
  const settings = openSettings(files, join(data, 'settings.json'));
  const key = loadDeviceKey(files, join(data, 'device-key.pem'));
  const store = createProgramStore(files, join(data, 'programs'));
  const boot = deps.newId();
  const mimes = new Map<string, string>();
  let journal: Journal | null = null;
  let token: string | null = null;
  let active: ActiveProgram | null = null;
  let cancelTick = (): void => undefined;

  const source = deps.mediaSource(() => token);
  const cache: MediaCache = createMediaCache({
    files: deps.mediaFiles,
    source,
    timers,
    random,
    log,
    incidents,
    onArrival: () => engine.mediaChanged(),
  });
  const engine: Engine = createEngine({
    clock,
    timers,
    stage: deps.stage,
    log,
    incidents,
    opened: () => {
      const { screen } = settings.get();
      return journal && screen !== null ? { journal, screen } : null;
    },
    isCached: ({ program }, item) => {
      const entry = program.manifest[item];
      return entry !== undefined && (entry.type === 'card' || entry.type === 'ticker' || cache.has(entry.sha));
    },
    onRecord: (record) => {
      deps.onRecord?.(record);
      if (record.kind === 'play') link.report();
    },
    onRisk: () => link.report(),
  });
  const uploader = createUploader({ journal: () => journal, timers, random, log });
  const programs = createPrograms({ store, source, timers, random, log, apply });
  const link: Link = createLink(
    { connect: deps.connect, identity: { key, build, enrolToken: deps.enrolToken }, timers, clock, random, log },
    {
      onWelcome,
      onPairing: (code) => engine.setPairing({ code, server: deps.server }),
      onProgram: (hash) => programs.ask(hash),
      onRetired: retire,
      onOffline: () => {
        token = null;
        uploader.setSocket(null);
        cache.setOnline(false);
        programs.offline();
      },
      onTime: (sample) => clock.offer(sample),
      status,
    },
  );

  /** A disk that cannot be written to stops the journal, not the show; the next tick tries again. */
  function tryJournal(screen: string): void {
    try {
      openJournalOf(screen);
    } catch (error) {
      if (errnoOf(error) === null) throw error;
      incidents.open('disk-full', 'journal', messageOf(error));
    }
  }

  function openJournalOf(screen: string): void {
    const context = { screen, program: active?.hash ?? null, manifest: active?.manifestHash ?? null };
    const since = addDays(localDateAt(clock.nowMs(), active?.program.timeZone ?? 'UTC'), -1);
    const segmentFiles = createSegmentFiles(files, join(data, 'journal'));
    const opened = openJournal({ files: segmentFiles, key, clock, boot, build }, context, since);
    journal = opened.journal;
    engine.restore(opened.records);
    if (!opened.boot.ok)
      incidents.open('disk-full', 'journal', `${opened.boot.error.kind}: ${opened.boot.error.detail}`);
  }

  function apply(next: ActiveProgram | null): void {
    if (next?.hash === active?.hash) return;
    const isFirst = active === null && settings.get().program === null;
    adopt(next);
    keep({ program: next?.hash ?? null });
    cache.want(next ? mediaOf(next) : []);
    engine.setProgram(next, isFirst);
  }

  function adopt(next: ActiveProgram | null): void {
    active = next;
    for (const item of Object.values(next?.program.manifest ?? {})) {
      if (item.type === 'video' || item.type === 'image') mimes.set(item.sha, item.mime);
    }
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
    const { screen, screenName, sealAfterMs, next } = welcome;
    token = welcome.fetchToken;
    keep({ screen, screenName, sealAfterMs });
    engine.setPairing(null);
    if (!journal) tryJournal(screen);
    if (journal && next) catchUp(journal, next);
    journal?.seal();
    cache.setOnline(true);
    programs.ask(welcome.program);
    uploader.setSocket(socket);
  }

  /** Where the server has more of this device than the device itself, its journal was lost or set back: its numbers are used up. */
  function catchUp(opened: Journal, next: { epoch: number; segment: number }): void {
    const here = opened.position();
    const isBehind = next.epoch > here.epoch || (next.epoch === here.epoch && next.segment > here.segment);
    if (!isBehind) return;
    log('error', 'the server has more of this journal than there is here; going on in a new epoch', next);
    opened.startEpoch(next.epoch + 1);
  }

  function retire(): void {
    engine.retire();
    journal?.seal();
    active = null;
    cache.want([]);
    keep({ screen: null, screenName: null, program: null });
  }

  function tick(): void {
    const { screen } = settings.get();
    if (!journal && screen !== null) tryJournal(screen);
    journal?.sealOlderThan(link.isOnline() ? settings.get().sealAfterMs : MAX_SEGMENT_AGE_MS);
    uploader.kick();
  }

  function status(): Status {
    const { program } = settings.get();
    return {
      atMs: Math.max(0, clock.nowMs()),
      ...engine.status(),
      program,
      unsent: journal?.shelf.unsentCount() ?? 0,
      clockErrorMs: clock.state().errorMs,
      incidents: incidents.list(),
    };
  }

  return {
    start() {
      const { screen, program } = settings.get();
      const stored = program === null ? null : store.load(program);
      adopt(stored);
      if (screen !== null) tryJournal(screen);
      if (stored) {
        cache.want(mediaOf(stored));
        engine.setProgram(stored);
      }
      engine.start();
      link.start();
      cancelTick = every(timers, TICK_MS, tick);
    },
    async stop() {
      cancelTick();
      engine.stop();
      journal?.seal();
      if (link.isOnline()) {
        uploader.kick();
        await Promise.race([uploader.idle(), new Promise<void>((resolve) => timers.after(FAREWELL_MS, resolve))]);
      }
      link.stop();
      cache.stop();
    },
    status,
    mediaFile(sha) {
      const path = cache.fileOf(sha);
      return path === null ? null : { path, mime: mimes.get(sha) ?? 'application/octet-stream' };
    },
  };
}
