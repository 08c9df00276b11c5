// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { traceSummaries } from '../api/xray';
import { seconds } from '../format/numbers';
import { lineOf } from '../traces/line';
import { Link } from '../url/Link';
import { stretchAt, useWatch } from '../url/range';
import { pace, useNews } from '../url/useLive';
import { OutcomeMark } from './OutcomeMark';
import { Skeleton } from './Skeleton';
import { Trouble } from './Trouble';
import { When } from './When';

interface RecentTracesProps {
  readonly filter: string;
  readonly title?: string;
}

const MOST = 8;

/** The latest traces that match, and the way to all of them. */
export function RecentTraces({ filter, title = 'Latest traces' }: RecentTracesProps) {
  const { range, key, live } = useWatch();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['recent', key, filter],
    queryFn: async ({ signal }) => {
      const page = await traceSummaries(stretchAt(range, Date.now()), filter, 'TraceId', undefined, signal);
      return page.summaries.slice(0, MOST).map(lineOf);
    },
    refetchInterval: ({ state }) => pace(live, state.error !== null),
  });
  useNews(live && !error, () => refetch({ cancelRefetch: false }));
  return (
    <section className="recent">
      <div className="row spread">
        <h3>{title}</h3>
        <Link to="traces" params={{ filter }}>
          All →
        </Link>
      </div>
      {error ? (
        <Trouble error={error} />
      ) : isPending ? (
        <Skeleton rows={4} />
      ) : data.length === 0 ? (
        <p className="quiet">None in this time.</p>
      ) : (
        <ul>
          {data.map((line) => (
            <li key={line.id}>
              <Link to={`traces/${line.id}`}>
                <When at={new Date(line.start)} />
                <span>{line.what}</span>
                <OutcomeMark outcome={line.outcome} />
                <b>{seconds(line.duration)}</b>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
