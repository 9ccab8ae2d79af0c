/** The live connection to the server: hears what changed, refreshes what is on show, and tells whether it stands. */
import { useSyncExternalStore } from 'react';
import { io, type Socket } from 'socket.io-client';
import {
  CONSOLE_EVENTS,
  CONSOLE_NAMESPACE,
  changedSchema,
  screenStatusSchema,
} from '../../../protocol/console-link.ts';
import { API } from '../../../protocol/http/api.ts';
import type { ScreenView } from '../../../protocol/http/views.ts';
import { pathsOfTopics } from '../api/affected-paths.ts';
import { queryClient, queryKey, refreshPaths } from '../api/query-client.ts';
import { type BatchClock, createChangeBatch } from './change-batch.ts';
import { patchScreens } from './patch-screens.ts';

/** `starting`: not connected yet; `live`: changes arrive; `lost`: what is shown may be out of date. */
export type LinkState = 'starting' | 'live' | 'lost';

const REFRESH_EVERY_MS = 2000;
/** Answers of several thousand lines are not worth fetching more often than this. */
const REFRESH_LARGE_EVERY_MS = 6000;
const LARGE_PATHS: ReadonlySet<string> = new Set([API.screenDay.path, API.verdicts.path, API.flights.path]);
/** A short break goes unmentioned. */
const CALM_MS = 2500;

let state: LinkState = 'starting';
const listeners = new Set<() => void>();

function become(next: LinkState): void {
  if (state === next) return;
  state = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** State of the live link, as a hook. */
export const useLinkState = (): LinkState => useSyncExternalStore(subscribe, () => state);

/** Opens the live link of the signed-in session; call what it returns to close it. */
export function openLiveLink(): () => void {
  const socket: Socket = io(CONSOLE_NAMESPACE, { reconnectionDelayMax: 10_000, transports: ['websocket', 'polling'] });
  const clock: BatchClock = {
    nowMs: () => performance.now(),
    after: (delayMs, run) => void setTimeout(run, delayMs),
  };
  const refresh = (paths: readonly string[]): void => void refreshPaths(paths);
  const batch = createChangeBatch<string>(REFRESH_EVERY_MS, refresh, clock);
  const largeBatch = createChangeBatch<string>(REFRESH_LARGE_EVERY_MS, refresh, clock);
  let losing: ReturnType<typeof setTimeout> | undefined;
  let connectedBefore = false;

  const lose = (): void => {
    losing ??= setTimeout(() => become('lost'), CALM_MS);
  };
  socket.on('connect', () => {
    clearTimeout(losing);
    losing = undefined;
    become('live');
    if (connectedBefore) void queryClient.invalidateQueries();
    connectedBefore = true;
  });
  socket.on('disconnect', (reason) => {
    lose();
    if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 3000);
  });
  socket.on('connect_error', () => {
    lose();
    void refreshPaths([API.session.path]);
    if (!socket.active) setTimeout(() => socket.connect(), 5000);
  });
  socket.on(CONSOLE_EVENTS.changed, (body: unknown) => {
    const parsed = changedSchema.safeParse(body);
    if (!parsed.success) return;
    for (const path of pathsOfTopics(parsed.data.topics)) (LARGE_PATHS.has(path) ? largeBatch : batch).add([path]);
  });
  socket.on(CONSOLE_EVENTS.status, (body: unknown) => {
    const parsed = screenStatusSchema.safeParse(body);
    if (!parsed.success) return;
    queryClient.setQueryData<ScreenView[]>(
      queryKey(API.screens.path),
      (screens) => screens && patchScreens(screens, parsed.data.screens),
    );
  });

  return () => {
    clearTimeout(losing);
    socket.close();
    become('starting');
  };
}
