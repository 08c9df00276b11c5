// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { buses } from '../api/events';
import { Empty } from '../parts/Empty';
import { type Column, GridTable } from '../parts/GridTable';
import { Skeleton } from '../parts/Skeleton';
import { Trouble } from '../parts/Trouble';
import { When } from '../parts/When';
import { Link } from '../url/Link';
import { go, hrefOf, setParams, usePlace } from '../url/place';
import { stretchAt, useWatch } from '../url/range';
import { useNews } from '../url/useLive';
import { EventOutcomeMark } from './EventOutcomeMark';
import { searchEvents } from './read';
import { EVENT_OUTCOMES, type EventStory } from './story';

const COLUMNS: ReadonlyArray<Column<EventStory>> = [
  {
    title: 'Put',
    width: '78px',
    cell: ({ at }) => <When at={at === undefined ? undefined : new Date(at)} />,
  },
  {
    title: 'Outcome',
    width: '104px',
    cell: ({ outcome }) => <EventOutcomeMark outcome={outcome} />,
  },
  {
    title: 'Event',
    width: 'minmax(110px, 2fr)',
    cell: ({ id, source, detailType }) => (
      <Link to={`events/${id}`}>{detailType ? `${source} · ${detailType}` : <span className="mono">{id}</span>}</Link>
    ),
  },
  {
    title: 'Bus',
    width: 'minmax(80px, 1fr)',
    cell: ({ bus }) => <span title={bus}>{bus}</span>,
  },
  {
    title: 'Rules',
    width: 'minmax(90px, 2fr)',
    wide: true,
    cell: ({ matched }) => <span title={matched.join('\n')}>{matched.join(', ') || '–'}</span>,
  },
  {
    title: 'Why not',
    width: 'minmax(90px, 2fr)',
    wide: true,
    cell: ({ cause }) => <span title={cause}>{cause}</span>,
  },
];

export function EventList() {
  const { params } = usePlace();
  const { range, key, every, live } = useWatch();
  const query = useMemo(
    () => ({
      bus: params.get('bus') ?? '',
      source: params.get('source') ?? '',
      detailType: params.get('detail-type') ?? '',
      outcome: params.get('outcome') ?? '',
    }),
    [params],
  );
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['events', key, query],
    queryFn: ({ signal }) => searchEvents(query, stretchAt(range, Date.now()), signal),
    refetchInterval: ({ state }) => (state.error ? false : every && every * 2),
  });
  useNews(live && !error, () => refetch({ cancelRefetch: false })); // the trace of an event changes with it
  const shown = useMemo(
    () =>
      (data ?? []).filter(
        (story) =>
          (query.bus === '' || story.bus === query.bus) &&
          (query.source === '' || story.source.includes(query.source)) &&
          (query.detailType === '' || story.detailType.includes(query.detailType)) &&
          (query.outcome === '' || story.outcome === query.outcome),
      ),
    [data, query],
  );
  return (
    <>
      <EventFilters />
      {error ? (
        <Trouble error={error} again={() => refetch()} />
      ) : isPending ? (
        <Skeleton rows={12} label="Loading events" />
      ) : shown.length === 0 ? (
        <Empty
          title="No events in this time"
          command={`aws events put-events --entries '[{"Source":"demo","DetailType":"Hello","Detail":"{}"}]'`}
        >
          Put one here under Publish, or from a shell:
        </Empty>
      ) : (
        <GridTable
          label="Events"
          rows={shown}
          columns={COLUMNS}
          keyOf={({ id }) => id}
          onOpen={({ id }) => go(hrefOf(`events/${id}`))}
        />
      )}
    </>
  );
}

function EventFilters() {
  const { params } = usePlace();
  const { data = [] } = useQuery({
    queryKey: ['buses'],
    queryFn: ({ signal }) => buses(signal),
  });
  const choose = (name: string) => (event: { target: { value: string } }) =>
    setParams({ [name]: event.target.value || undefined });
  return (
    <div className="event-filters">
      <select aria-label="Bus" value={params.get('bus') ?? ''} onChange={choose('bus')}>
        <option value="">every bus</option>
        {data.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <select aria-label="Outcome" value={params.get('outcome') ?? ''} onChange={choose('outcome')}>
        <option value="">every outcome</option>
        {EVENT_OUTCOMES.map((outcome) => (
          <option key={outcome}>{outcome}</option>
        ))}
      </select>
      <input aria-label="Source" placeholder="source" value={params.get('source') ?? ''} onChange={choose('source')} />
      <input
        aria-label="Detail type"
        placeholder="detail-type"
        value={params.get('detail-type') ?? ''}
        onChange={choose('detail-type')}
      />
    </div>
  );
}
