// SPDX-License-Identifier: Apache-2.0
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { serviceGraph } from '../api/xray';
import { stretchAt, useWatch } from '../url/range';
import { pace, useNews } from '../url/useLive';
import { type Graph, graphOf } from './graph';

/** The API answers for six hours at most. */
const LONGEST = 6 * 3_600_000;

/** The map of the chosen time and group, the newest six hours of a longer one. */
export function useGraph(group: string) {
  const { range, key, live } = useWatch();
  const query = useQuery<Graph>({
    queryKey: ['graph', key, group],
    queryFn: async ({ signal }) => {
      const { from, to } = stretchAt(range, Date.now());
      return graphOf(await serviceGraph({ from: Math.max(from, to - LONGEST), to }, group, signal));
    },
    refetchInterval: ({ state }) => pace(live, state.error !== null),
    placeholderData: keepPreviousData,
  });
  useNews(live && !query.isError, () => query.refetch({ cancelRefetch: false }));
  return query;
}
