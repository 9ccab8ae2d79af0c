/** The one query cache: how long answers stay fresh, what is tried again, and what happens when the session has ended. */
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { API } from '../../../protocol/http/api.ts';
import { ApiFailure, isSignedOut } from './api-failure.ts';

/** Cache key of a route's answer to an input; every key of a route starts with its path. */
export const queryKey = (path: string, input?: unknown): readonly unknown[] => [path, input ?? null];

const sessionKey = queryKey(API.session.path);

function onFailure(thrown: unknown): void {
  if (isSignedOut(thrown)) queryClient.setQueryData(sessionKey, null);
}

const mayRetry = (failures: number, thrown: Error): boolean =>
  failures < 2 && thrown instanceof ApiFailure && (thrown.code === 'unreachable' || thrown.code === 'unavailable');

/** The one query cache of the console. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: onFailure }),
  mutationCache: new MutationCache({ onError: onFailure }),
  defaultOptions: {
    queries: { staleTime: 30_000, gcTime: 5 * 60_000, retry: mayRetry, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});

/** Marks the answers of `paths` as out of date; those on show are fetched anew. */
export async function refreshPaths(paths: readonly string[]): Promise<void> {
  await Promise.all(paths.map((path) => queryClient.invalidateQueries({ queryKey: [path] }, { cancelRefetch: false })));
}
