/**
 * React hooks over {@link callApi}.
 * `useApi(API.screens)` gives a TanStack query with the parsed answer, kept under [path, input];
 * `useApiMutation(API.putSite)` gives a mutation whose `mutate(input)` refreshes every view the change concerns.
 */
import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import type { Route, RouteOutput } from '../../../protocol/http/route.ts';
import { pathsChangedBy } from './affected-paths.ts';
import { callApi, type InputOf } from './call-api.ts';
import { queryKey, refreshPaths } from './query-client.ts';

/** `keepPrevious`: show the last answer while one for another input is on its way. Intervals in milliseconds. */
export type UseApiOptions = {
  enabled?: boolean;
  keepPrevious?: boolean;
  refetchIntervalMs?: number | false;
  staleMs?: number;
};

type UseApiArgs<R extends Route> =
  undefined extends InputOf<R>
    ? [input?: undefined, options?: UseApiOptions]
    : [input: InputOf<R>, options?: UseApiOptions];

/** The answer of a reading route, kept fresh by the live link. */
export function useApi<R extends Route>(
  route: R,
  ...[input, options = {}]: UseApiArgs<R>
): UseQueryResult<RouteOutput<R>, Error> {
  const query: UseQueryResult<unknown, Error> = useQuery({
    queryKey: queryKey(route.path, input),
    queryFn: ({ signal }): Promise<unknown> => callApi(route, input, signal),
    ...(options.enabled === undefined ? {} : { enabled: options.enabled }),
    ...(options.staleMs === undefined ? {} : { staleTime: options.staleMs }),
    ...(options.refetchIntervalMs === undefined ? {} : { refetchInterval: options.refetchIntervalMs }),
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
  return query as UseQueryResult<RouteOutput<R>, Error>;
}

/** A changing route as a mutation; on success it refreshes what the change concerns, then calls `onSuccess`. */
export function useApiMutation<R extends Route>(
  route: R,
  options: { onSuccess?: (answer: RouteOutput<R>, input: InputOf<R>) => void } = {},
): UseMutationResult<RouteOutput<R>, Error, InputOf<R>> {
  return useMutation<RouteOutput<R>, Error, InputOf<R>>({
    mutationFn: (input) => callApi(route, input),
    onSuccess: (answer, input) => {
      void refreshPaths(pathsChangedBy(route.path));
      options.onSuccess?.(answer, input);
    },
  });
}
