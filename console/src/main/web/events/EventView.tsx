// SPDX-License-Identifier: Apache-2.0

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CopyText } from '../parts/CopyText';
import { Empty } from '../parts/Empty';
import { JsonBlock } from '../parts/JsonBlock';
import { Skeleton } from '../parts/Skeleton';
import { Trouble } from '../parts/Trouble';
import { When } from '../parts/When';
import { Link } from '../url/Link';
import { paramsOf, stretchAt, useWatch } from '../url/range';
import { commandFor } from './command';
import { DeliveryLine } from './DeliveryLine';
import { EventOutcomeMark } from './EventOutcomeMark';
import { readEvent, redrive } from './read';
import { RedriveProgress } from './RedriveProgress';
import { isAtRest } from './redriven';
import type { EventStory } from './story';

/** The story of one event as a vertical line: put, durable, matched rules, then each target. */
export function EventView({ id }: { readonly id: string }) {
  const { range } = useWatch();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['event', id],
    queryFn: ({ signal }) => readEvent(id, stretchAt(range, Date.now()), signal),
    refetchInterval: ({ state: { data: stories = [] } }) => (stories.every(isAtRest) ? false : 1_000),
  });
  if (isPending) {
    return <Skeleton rows={10} label="Loading the event" />;
  }
  if (error) {
    return <Trouble error={error} again={() => refetch()} />;
  }
  return data.length === 0 ? (
    <Empty title="Nothing is known of this event" command={`./clew why ${id}`}>
      It was never put here, or it is older than the chosen time: widen the range above.
    </Empty>
  ) : (
    data.map((story) => <Story key={story.bus} story={story} />)
  );
}

function Story({ story }: { readonly story: EventStory }) {
  return (
    <article className="event pad stack">
      <div className="row">
        <Link to="events" className="back" aria-label="All events">
          ←
        </Link>
        <h2>{story.detailType || 'Event'}</h2>
        {story.source && <span className="quiet">from {story.source}</span>}
        <EventOutcomeMark outcome={story.outcome} />
        <CopyText text={story.id} label={`Copy the event id ${story.id}`} />
        {story.traceId && <Link to={`traces/${story.traceId}`}>Its trace →</Link>}
      </div>
      <ol className="story-line">
        <li className="is-done">
          <strong>put</strong> on <b>{story.bus}</b>{' '}
          <When at={story.at === undefined ? undefined : new Date(story.at)} />
        </li>
        <li className="is-done">
          <strong>durable</strong> <span className="quiet">on disk before the caller had its answer</span>
        </li>
        <Matching story={story} />
        {story.deliveries.map((delivery) => (
          <DeliveryLine key={`${delivery.rule} ${delivery.target}`} delivery={delivery} />
        ))}
      </ol>
      <Actions story={story} />
      {story.event !== undefined && (
        <section className="stack">
          <h3>The event</h3>
          <JsonBlock label="The event" value={story.event} />
        </section>
      )}
    </article>
  );
}

function Matching({ story }: { readonly story: EventStory }) {
  const { matched, missed } = story;
  return (
    <li className={matched.length > 0 ? 'is-done' : 'is-broken'}>
      {matched.length > 0 ? (
        <>
          <strong>matched</strong> {matched.join(', ')}
        </>
      ) : (
        <>
          <strong>⊘ unmatched</strong> no rule of {story.bus} wants it
        </>
      )}
      {missed.length > 0 && (
        <details open={matched.length === 0}>
          <summary>{missed.length === 1 ? 'One rule did not match' : `${missed.length} rules did not match`}</summary>
          <ul>
            {missed.map(({ rule, why }) => (
              <li key={rule}>
                <b>{rule}</b> {why}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

/** Outcomes after which nothing happens by itself any more. */
const GIVEN_UP = ['failed', 'dead-lettered'];

/** The minute around a moment, as the time range of a page. */
function around(at: number): Record<string, string | undefined> {
  return paramsOf({ kind: 'between', from: at - 30_000, to: at + 30_000 });
}

function Actions({ story }: { readonly story: EventStory }) {
  const client = useQueryClient();
  const again = useMutation({
    mutationFn: () => redrive({ event: story.id }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['event', story.id] }),
  });
  const command = commandFor(story.event, story.bus);
  return (
    <>
      <div className="row">
        {GIVEN_UP.includes(story.outcome) && story.event !== undefined && (
          <button type="button" className="primary" onClick={() => again.mutate()} disabled={again.isPending}>
            Redrive
          </button>
        )}
        {command && <CopyText text={command} shown="Copy as aws events put-events" className="command" />}
        {command && (
          <Link to="events" params={{ tab: 'Publish', again: JSON.stringify(story.event) }}>
            Put it again, changed…
          </Link>
        )}
        <CopyText text={`./clew why ${story.id}`} className="command" />
        {story.at !== undefined && (
          <Link to="events" params={{ tab: 'Archives', ...around(story.at) }}>
            Replay from an archive…
          </Link>
        )}
      </div>
      {again.data && <RedriveProgress redriven={again.data} at={again.submittedAt} />}
      {again.isError && <Trouble error={again.error} />}
    </>
  );
}
