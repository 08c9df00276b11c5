// SPDX-License-Identifier: Apache-2.0
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { serviceGraph } from '../api/xray';
import { stretchAt, useWatch } from '../url/range';
import { type Graph, graphOf } from './graph';

/** The API answers for six hours at most. */
const LONGEST = 6 * 3_600_000;

/** The map of the chosen time and group, the newest six hours of a longer one. */
export function useGraph(group: string) {
  const { range, key, every } = useWatch();
  return useQuery<Graph>({
    queryKey: ['graph', key, group],
    queryFn: async ({ signal }) => {
      const { from, to } = stretchAt(range, Date.now());
      return graphOf(await serviceGraph({ from: Math.max(from, to - LONGEST), to }, group, signal));
    },
    refetchInterval: every,
    placeholderData: keepPreviousData,
  });
}
