// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { traces } from '../api/xray';
import { storyOf } from './trace';

const WHILE_RUNNING = 2_000;
/** Documents of a trace come one by one: a trace this young may not have them all. */
const YOUNG = 20_000_000;

/** One trace and its story; asked for again while it is young or runs; null if there is none of this id. */
export function useTrace(id: string) {
  return useQuery({
    queryKey: ['trace', id],
    queryFn: async ({ signal }) => {
      const [trace] = await traces([id], signal);
      return trace ? { trace, story: storyOf(trace) } : null;
    },
    refetchInterval: ({ state: { data } }) => {
      const open = data && (data.story.worst === 'in progress' || Date.now() * 1_000 - data.story.last < YOUNG);
      return open ? WHILE_RUNNING : false;
    },
    structuralSharing: false,
  });
}
