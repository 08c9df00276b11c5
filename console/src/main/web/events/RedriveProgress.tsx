// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { count } from '../format/numbers';
import { Progress } from '../parts/Progress';
import { Link } from '../url/Link';
import { readEvent } from './read';
import { isAtRest, isSettled, type Redriven, tallyOf } from './redriven';
import type { EventStory } from './story';

interface RedriveProgressProps {
  readonly redriven: readonly Redriven[];
  /** When it was asked for: the same deliveries may be made again more than once. */
  readonly at: number;
}

/** Events whose story is asked for at a time. */
const AT_ONCE = 20;
const EVERY = 600;

/** Deliveries that are made again, until each has arrived or failed once more. */
export function RedriveProgress({ redriven, at }: RedriveProgressProps) {
  const ids = [...new Set(redriven.map(({ event }) => event))];
  const { data: stories = [] } = useQuery<readonly EventStory[]>({
    queryKey: ['redriven', at, redriven],
    queryFn: async ({ client, queryKey, signal }) => {
      const known = client.getQueryData<readonly EventStory[]>(queryKey) ?? [];
      const rest = known.filter(isAtRest);
      const settled = new Set(rest.map(({ id }) => id));
      const open = ids.filter((id) => !settled.has(id)).slice(0, AT_ONCE);
      const now = Date.now();
      const read = await Promise.all(open.map((id) => readEvent(id, { from: now - 86_400_000, to: now }, signal)));
      return [...rest, ...read.flat()];
    },
    enabled: redriven.length > 0,
    refetchInterval: ({ state: { data = [] } }) => (isSettled(tallyOf(redriven, data)) ? false : EVERY),
  });
  const tally = tallyOf(redriven, stories);
  const again = ids.length > 1 ? stories.find(({ outcome }) => outcome === 'failed' || outcome === 'dead-lettered') : undefined;
  if (redriven.length === 0) {
    return <p className="quiet">Nothing had failed: nothing is made again.</p>;
  }
  return (
    <div className="stack redriven" role="status">
      <Progress
        label="Deliveries made again"
        done={(tally.delivered + tally.failed) / tally.all}
        look={tally.failed > 0 ? 'is-fault' : isSettled(tally) ? 'is-ok' : 'is-in-progress'}
      />
      <p>
        {count(tally.all)} {tally.all === 1 ? 'delivery is' : 'deliveries are'} made again: {count(tally.delivered)}{' '}
        delivered
        {tally.failed > 0 && <span className="outcome is-fault">, {count(tally.failed)} failed once more</span>}
        {!isSettled(tally) && `, ${count(tally.all - tally.delivered - tally.failed)} on the way`}
        {again && (
          <>
            {' '}
            · <Link to={`events/${again.id}`}>why</Link>
          </>
        )}
      </p>
    </div>
  );
}
