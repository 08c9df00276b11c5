// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import { CopyText } from '../parts/CopyText';
import { Empty } from '../parts/Empty';
import { JsonBlock } from '../parts/JsonBlock';
import { Skeleton } from '../parts/Skeleton';
import { Trouble } from '../parts/Trouble';
import { When } from '../parts/When';
import { Link } from '../url/Link';
import { stretchAt, useWatch } from '../url/range';
import { commandFor } from './command';
import { DeliveryLine } from './DeliveryLine';
import { EventOutcomeMark } from './EventOutcomeMark';
import { readEvent } from './read';
import { type EventStory, outcomeOf } from './story';

/** The story of one event as a vertical line: put, durable, matched rules, then each target. */
export function EventView({ id }: { readonly id: string }) {
  const { range } = useWatch();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['event', id],
    queryFn: async ({ signal }) => (await readEvent(id, stretchAt(range, Date.now()), signal)) ?? null,
    refetchInterval: ({ state: { data: story } }) => (story && outcomeOf(story) === 'pending' ? 2_000 : false),
  });
  if (isPending) {
    return <Skeleton rows={10} label="Loading the event" />;
  }
  if (error) {
    return <Trouble error={error} again={() => refetch()} />;
  }
  return data === null ? (
    <Empty title="Nothing is known of this event" command={`./clew why ${id}`}>
      It was never put here, or it is older than the chosen time: widen the range above.
    </Empty>
  ) : (
    <Story story={data} />
  );
}

function Story({ story }: { readonly story: EventStory }) {
  const outcome = outcomeOf(story);
  return (
    <article className="event pad stack">
      <div className="row">
        <Link to="events" className="back" aria-label="All events">
          ←
        </Link>
        <h2>{story.detailType || 'Event'}</h2>
        {story.source && <span className="quiet">from {story.source}</span>}
        <EventOutcomeMark outcome={outcome} />
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

function Actions({ story }: { readonly story: EventStory }) {
  const command = commandFor(story.event, story.bus);
  return (
    <div className="row">
      {command && <CopyText text={command} shown="Copy as aws events put-events" className="command" />}
      {command && (
        <Link to="events" params={{ tab: 'Publish', again: JSON.stringify(story.event) }}>
          Put it again, changed…
        </Link>
      )}
      <CopyText text={`./clew why ${story.id}`} className="command" />
    </div>
  );
}
