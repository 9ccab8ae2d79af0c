/** Troubles of this screen that are open right now. */
import type { IncidentKind } from '../protocol/player-link.ts';
import type { Log } from './log.ts';

/** One open trouble. */
export type Incident = { kind: IncidentKind; detail: string };

/** The list of open troubles. A trouble is named by its kind and subject (an item, a folder …). */
export type Incidents = {
  open(kind: IncidentKind, subject: string, detail: string): void;
  close(kind: IncidentKind, subject: string): void;
  /** Closes all of a kind whose subject `isOver`. */
  closeWhere(kind: IncidentKind, isOver: (subject: string) => boolean): void;
  list(): Incident[];
};

/** Most incidents a status may carry. */
const MOST_LISTED = 20;

/** An empty list; opening and closing are logged. */
export function createIncidents(log: Log): Incidents {
  const open = new Map<string, Incident & { subject: string }>();
  const keyOf = (kind: IncidentKind, subject: string): string => `${kind} ${subject}`;
  const close = (kind: IncidentKind, subject: string): void => {
    if (open.delete(keyOf(kind, subject))) log('info', 'incident closed', { kind, subject });
  };
  return {
    open(kind, subject, detail) {
      if (!open.has(keyOf(kind, subject))) log('warn', 'incident opened', { kind, subject, detail });
      open.set(keyOf(kind, subject), { kind, subject, detail: detail.slice(0, 500) });
    },
    close,
    closeWhere(kind, isOver) {
      for (const incident of [...open.values()]) {
        if (incident.kind === kind && isOver(incident.subject)) close(kind, incident.subject);
      }
    },
    list: () => [...open.values()].slice(0, MOST_LISTED).map(({ kind, detail }) => ({ kind, detail })),
  };
}
