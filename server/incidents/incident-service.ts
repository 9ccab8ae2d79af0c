/** Opens and closes incidents: one open incident of a kind for a screen at most, each kept from its opening to its end. */
import type { IncidentKind } from '../../protocol/player-link.ts';
import { type Clock, newId } from '../clock.ts';
import type { IncidentRow, IncidentStore } from '../stores/ledger-store.ts';

/** A trouble as it stands now. */
export type Trouble = { kind: IncidentKind; detail: string };

/** What the service offers. */
export type IncidentService = {
  /** Loads what was open when the server stopped. */
  load(): Promise<void>;
  /**
   * Makes the open incidents of `kinds` of a screen equal to `troubles`: opens what is new, closes what is over. An open `at-risk` takes over
   * which promises it names. Other kinds are left as they are.
   */
  reconcile(screenId: string, kinds: readonly IncidentKind[], troubles: readonly Trouble[]): Promise<void>;
  /** Open incidents of a screen. */
  openOf(screenId: string): IncidentRow[];
  /** Open ones and the latest closed ones, newest first. */
  list(): Promise<IncidentRow[]>;
  /** Calls `listener` after an incident opened or closed. */
  onChanged(listener: (incident: IncidentRow) => void): void;
};

/** Closed incidents that a list shows. */
const CLOSED_SHOWN = 500;

/** Makes the service over `store`. */
export function createIncidentService(deps: { store: IncidentStore; clock: Clock }): IncidentService {
  const { store, clock } = deps;
  const open = new Map<string, IncidentRow>();
  const listeners = new Set<(incident: IncidentRow) => void>();
  const keyOf = (screenId: string, kind: IncidentKind): string => `${screenId} ${kind}`;

  async function save(incident: IncidentRow): Promise<void> {
    const key = keyOf(incident.screenId, incident.kind);
    await store.save(incident);
    if (incident.closedAtMs === null) open.set(key, incident);
    else open.delete(key);
    for (const listener of listeners) listener(incident);
  }

  return {
    async load() {
      for (const incident of await store.list(0)) {
        if (incident.closedAtMs === null) open.set(keyOf(incident.screenId, incident.kind), incident);
      }
    },
    async reconcile(screenId, kinds, troubles) {
      for (const kind of kinds) {
        const current = open.get(keyOf(screenId, kind));
        const trouble = troubles.find((t) => t.kind === kind);
        if (trouble && !current) {
          await save({ id: newId(), screenId, ...trouble, openedAtMs: clock.nowMs(), closedAtMs: null });
        } else if (trouble && current && kind === 'at-risk' && trouble.detail !== current.detail) {
          await save({ ...current, detail: trouble.detail });
        } else if (!trouble && current) {
          await save({ ...current, closedAtMs: clock.nowMs() });
        }
      }
    },
    openOf: (screenId) => [...open.values()].filter((i) => i.screenId === screenId),
    list: () => store.list(CLOSED_SHOWN),
    onChanged: (listener) => listeners.add(listener),
  };
}
