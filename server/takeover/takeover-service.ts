/** Emergency takeovers: who starts and ends them, and which one stands on a screen now. */
import type { Screen, User } from '../../domain/catalogue/organisation.ts';
import { reaches } from '../../domain/catalogue/rights.ts';
import {
  isInForce,
  messageHash,
  type Takeover,
  takeoverEndMs,
  takeoversByScreen,
} from '../../domain/catalogue/takeover.ts';
import type { Interval } from '../../domain/time/interval.ts';
import type { Takeover as TakeoverPush } from '../../protocol/player-link.ts';
import type { StartTakeover, TakeoverView } from '../../protocol/takeover.ts';
import { danglingReferences } from '../catalogue/references.ts';
import { type Clock, newId } from '../clock.ts';
import { Failure } from '../failure.ts';
import type { FleetService } from '../fleet/fleet-service.ts';
import type { Log } from '../log.ts';
import { sha256 } from '../sha256.ts';
import type { CatalogueChange, CatalogueStore } from '../stores/catalogue-store.ts';

/** Takeovers that are kept; of those that are over the oldest are forgotten first. */
const MOST_KEPT = 500;

/** What the service offers. */
export type TakeoverService = {
  /** Those of units the person reaches, the latest first. */
  list(by: User): TakeoverView[];
  /**
   * Starts one now. Fails with `not-allowed` for a unit out of reach and with `bad-request` for targets that lead nowhere, name a screen of
   * another unit, or mean no screen with a player.
   */
  start(asked: StartTakeover, by: User): Promise<TakeoverView>;
  /** Ends one now; fails with `not-found` or `not-allowed`. One that is over stays as it is. */
  end(id: string, by: User): Promise<TakeoverView>;
  /** What stands on a screen now: of those in force the one that started last; null: none. */
  standing(screenId: string): TakeoverPush | null;
  /** When takeovers stood or stand on a screen, in no order; of one in force to its planned end. */
  spansOf(screen: Screen): Interval[];
  /** Calls `listener` whenever what stands on any screen may have changed. */
  onChanged(listener: () => void): void;
  /** Looks again at what stands; done by itself whenever one ends. */
  look(): void;
  close(): void;
};

/** What it works with. */
export type TakeoverDeps = { catalogue: CatalogueStore; fleet: FleetService; clock: Clock; log: Log };

/** Makes the service; `close()` ends its waiting. */
export function createTakeoverService({ catalogue, fleet, clock, log }: TakeoverDeps): TakeoverService {
  const listeners = new Set<() => void>();
  let timer: NodeJS.Timeout | null = null;
  let index: { of: readonly unknown[]; meaning: (screen: Screen) => readonly Takeover[] } | null = null;

  /** Kept until takeovers or units change; a takeover that is over by then is passed over by its times. */
  function meaning(screen: Screen): readonly Takeover[] {
    const { takeovers, units } = catalogue.snapshot();
    if (takeovers.size === 0) return [];
    if (index?.of[0] !== takeovers || index.of[1] !== units) {
      index = { of: [takeovers, units], meaning: takeoversByScreen(takeovers.values(), units) };
    }
    return index.meaning(screen);
  }

  const screensOf = (takeover: Takeover): Screen[] => {
    const { screens, units } = catalogue.snapshot();
    const means = takeoversByScreen([takeover], units);
    return [...screens.values()].filter((screen) => screen.kind === 'player' && means(screen).length > 0);
  };

  function view(takeover: Takeover): TakeoverView {
    const screens = screensOf(takeover);
    const live = screens.map(({ id }) => fleet.live(id));
    return {
      ...takeover,
      screens: screens.length,
      connected: live.filter(({ online }) => online).length,
      showing: live.filter(({ online, status }) => online && status?.takeover === takeover.id).length,
    };
  }

  function look(): void {
    if (timer) clearTimeout(timer);
    const nowMs = clock.nowMs();
    const ends = [...catalogue.snapshot().takeovers.values()].map(takeoverEndMs).filter((endMs) => endMs > nowMs);
    timer = ends.length === 0 ? null : setTimeout(look, Math.min(...ends) - nowMs + 1).unref();
    for (const listener of listeners) listener();
  }

  function demandReach(unitId: string, by: User): void {
    if (!reaches(by, unitId, catalogue.snapshot().units)) {
      throw new Failure('not-allowed', `${by.login} may not take over screens of unit ${unitId}`);
    }
  }

  catalogue.subscribe((changes: readonly CatalogueChange[]) => {
    if (changes.some(({ collection }) => CONCERNED.has(collection))) look();
  });
  look();

  return {
    list(by) {
      const { takeovers, units } = catalogue.snapshot();
      return [...takeovers.values()]
        .filter(({ unitId }) => reaches(by, unitId, units))
        .sort((a, b) => b.startedAtMs - a.startedAtMs)
        .map(view);
    },
    async start({ forMs, ...asked }, by) {
      demandReach(asked.unitId, by);
      const startedAtMs = clock.nowMs();
      const doer = { userId: by.id, name: by.name };
      const endsAtMs = startedAtMs + forMs;
      const entity: Takeover = {
        id: newId(),
        ...asked,
        startedAtMs,
        endsAtMs,
        endedAtMs: null,
        by: doer,
        endedBy: null,
      };
      checkTargets(entity, screensOf(entity), catalogue);
      const { takeovers } = catalogue.snapshot();
      await catalogue.apply([{ op: 'put', collection: 'takeovers', entity }, ...forgotten(takeovers, startedAtMs)]);
      const started = view(entity);
      const { id, unitId } = entity;
      const sha = messageHash(entity, sha256);
      log.warn(
        { takeover: id, unit: unitId, by: by.login, endsAtMs, sha, screens: started.screens },
        'takeover started',
      );
      return started;
    },
    async end(id, by) {
      const entity = catalogue.snapshot().takeovers.get(id);
      if (!entity) throw new Failure('not-found', `there is no takeover ${id}`);
      demandReach(entity.unitId, by);
      const endedAtMs = clock.nowMs();
      if (!isInForce(entity, endedAtMs)) return view(entity);
      const ended: Takeover = { ...entity, endedAtMs, endedBy: { userId: by.id, name: by.name } };
      await catalogue.apply([{ op: 'put', collection: 'takeovers', entity: ended }]);
      log.warn({ takeover: id, unit: entity.unitId, by: by.login }, 'takeover ended');
      return view(ended);
    },
    standing(screenId) {
      const screen = catalogue.snapshot().screens.get(screenId);
      const nowMs = clock.nowMs();
      const found = screen && meaning(screen).find((takeover) => isInForce(takeover, nowMs));
      if (!found) return null;
      const { id, text, textEn, theme, endsAtMs } = found;
      return { id, text, textEn, theme, endsAtMs };
    },
    spansOf: (screen) =>
      meaning(screen).map((takeover) => ({ startMs: takeover.startedAtMs, endMs: takeoverEndMs(takeover) })),
    onChanged: (listener) => listeners.add(listener),
    look,
    close() {
      if (timer) clearTimeout(timer);
    },
  };
}

/** What decides on which screens a takeover stands. */
const CONCERNED: ReadonlySet<string> = new Set(['takeovers', 'screens', 'units']);

function checkTargets(takeover: Takeover, meant: readonly Screen[], catalogue: CatalogueStore): void {
  const faults = danglingReferences('takeovers', takeover, catalogue.snapshot());
  const ids = new Set(meant.map(({ id }) => id));
  takeover.targets.screens.forEach((id, k) => {
    const place = `targets.screens.${k}`;
    if (ids.has(id) || faults.some((fault) => fault.place === place)) return;
    faults.push({ place, value: id, allowed: `a screen with a player of unit ${takeover.unitId} or a unit below it` });
  });
  if (faults.length > 0) throw new Failure('bad-request', 'takeovers: targets that cannot be meant', faults);
  if (meant.length > 0) return;
  const allowed = `units, venues, tags or screens that mean at least one screen with a player of unit ${takeover.unitId}`;
  throw new Failure('bad-request', 'the takeover means no screen', [{ place: 'targets', value: 'no screen', allowed }]);
}

/** Removals of the oldest that are over, so that with one more no more than the limit are kept. */
function forgotten(takeovers: ReadonlyMap<string, Takeover>, nowMs: number): CatalogueChange[] {
  const over = [...takeovers.values()].filter((takeover) => takeoverEndMs(takeover) <= nowMs);
  const surplus = takeovers.size + 1 - MOST_KEPT;
  if (surplus <= 0) return [];
  const oldest = over.sort((a, b) => a.startedAtMs - b.startedAtMs).slice(0, surplus);
  return oldest.map(({ id }) => ({ op: 'remove', collection: 'takeovers', id }));
}
