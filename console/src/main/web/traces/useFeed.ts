// SPDX-License-Identifier: Apache-2.0
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useRef } from 'react';
import { useWatch } from '../url/range';
import { pace, useNews } from '../url/useLive';
import { type Feed, readFeed, readNews, readOlder } from './feed';

/** The traces of the chosen time that `filter` admits, kept fresh while the page is live. */
export function useFeed(filter: string) {
  const { range, key, live } = useWatch();
  const client = useQueryClient();
  const queryKey = useMemo(() => ['traces', key, filter], [key, filter]);
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => {
      const known = client.getQueryData<Feed>(queryKey);
      return known && range.kind === 'last' ? readNews(known, range, filter, signal) : readFeed(range, filter, signal);
    },
    refetchInterval: (current) => pace(live, current.state.error !== null),
    gcTime: 20_000,
  });
  useNews(live && !query.isError, () => query.refetch({ cancelRefetch: false }));
  const reading = useRef(false);
  const feed = query.data;
  const older = useCallback(async () => {
    if (feed?.next === undefined || reading.current) {
      return;
    }
    reading.current = true;
    try {
      const more = await readOlder(feed, filter);
      client.setQueryData<Feed>(queryKey, (now) => (now ? { ...more, stretch: now.stretch } : more));
    } finally {
      reading.current = false;
    }
  }, [feed, filter, client, queryKey]);
  return { ...query, feed, older };
}
