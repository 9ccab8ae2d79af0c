/** The consoles' side of the socket server: tells signed-in people what may have changed, at most once a second. */
import type { Server } from 'socket.io';
import { reaches } from '../../domain/catalogue/rights.ts';
import { type ChangeTopic, CONSOLE_EVENTS, CONSOLE_NAMESPACE } from '../../protocol/console-link.ts';
import { sessionTokenIn } from '../http/session-cookie.ts';
import type { Services } from '../services.ts';
import type { CollectionName } from '../stores/catalogue-store.ts';
import { boundBacklog } from './bound-backlog.ts';

/** What may wait to be sent to one console: news of ten thousand screens, a few times over. */
const MOST_WAITING_BYTES = 16 * 1024 * 1024;

/** Changes are gathered for this long before they are told. */
const GATHER_MS = 1000;

const TOPIC_OF: Partial<Record<CollectionName, ChangeTopic>> = {
  units: 'units',
  sites: 'sites',
  screens: 'screens',
  devices: 'screens',
  media: 'media',
  slogans: 'slogans',
  streams: 'streams',
  playlists: 'playlists',
  campaigns: 'campaigns',
  takeovers: 'takeovers',
  users: 'users',
};

/** Serves the consoles' namespace of `io`; gives a function that stops telling. */
export function serveConsoles(io: Server, services: Services): () => void {
  const { access, catalogue, log, planning, incidents, jobs, ingest, fleet, enrolment, takeovers } = services;
  const namespace = io.of(CONSOLE_NAMESPACE);
  const topics = new Set<ChangeTopic>();
  const spoke = new Set<string>();
  let timer: NodeJS.Timeout | null = null;

  function tell(): void {
    timer = null;
    if (topics.size > 0) namespace.emit(CONSOLE_EVENTS.changed, { topics: [...topics] });
    topics.clear();
    const { screens, units } = catalogue.snapshot();
    const news = [...spoke].map((screenId) => ({ screenId, ...fleet.live(screenId) }));
    spoke.clear();
    if (news.length === 0) return;
    for (const socket of namespace.sockets.values()) {
      const by = access.userOf(socket.data.token);
      if (!by) socket.disconnect(true);
      const seen = by && news.filter((n) => reaches(by, screens.get(n.screenId)?.unitId ?? '', units));
      if (seen && seen.length > 0) socket.emit(CONSOLE_EVENTS.status, { screens: seen });
    }
  }

  function gather(...changed: readonly ChangeTopic[]): void {
    for (const topic of changed) topics.add(topic);
    if (namespace.sockets.size > 0) timer ??= setTimeout(tell, GATHER_MS);
    else {
      topics.clear();
      spoke.clear();
    }
  }

  namespace.use((socket, next) => {
    const token = sessionTokenIn(socket.handshake.headers.cookie);
    socket.data.token = token ?? '';
    if (token !== undefined && access.userOf(token)) next();
    else next(new Error('not-signed-in'));
  });
  namespace.on('connection', ({ conn }) =>
    boundBacklog(conn, MOST_WAITING_BYTES, () => log.warn('a console that does not read is cut off')),
  );
  catalogue.subscribe((changes) => gather(...changes.flatMap((c) => TOPIC_OF[c.collection] ?? [])));
  planning.onChanged(() => gather('screens', 'today'));
  enrolment.onChanged(() => gather('screens', 'today'));
  ingest.onStored(() => gather('today'));
  incidents.onChanged(() => gather('incidents', 'screens'));
  takeovers.onChanged(() => gather('takeovers'));
  jobs.onRun(() => gather('jobs'));
  fleet.onChanged((screenId) => {
    spoke.add(screenId);
    gather('today');
  });
  return () => {
    if (timer) clearTimeout(timer);
  };
}
