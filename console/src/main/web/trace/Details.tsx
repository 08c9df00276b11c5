// SPDX-License-Identifier: Apache-2.0

import { useMemo } from 'react';
import { duration } from '../format/numbers';
import { JsonBlock } from '../parts/JsonBlock';
import { OutcomeMark } from '../parts/OutcomeMark';
import { type Tab, Tabs } from '../parts/Tabs';
import { Link } from '../url/Link';
import { useParam } from '../url/place';
import { Exceptions, exceptionsOf } from './Exceptions';
import { EventPayload } from './EventPayload';
import type { Entity } from './entity';
import { InvocationLogs } from './InvocationLogs';
import { invocationOf } from './invocation';
import { objectAt } from './json';
import { Overview } from './Overview';
import type { Row } from './row';
import { SqlStatement } from './SqlStatement';
import type { Story } from './trace';

/** The facts of one row. */
export function Details({ row, story }: { readonly row: Row; readonly story: Story }) {
  const [tab, setTab] = useParam('tab');
  const tabs = useMemo(() => tabsOf(row, story), [row, story]);
  const event = row.entities.map((entity) => entity.facts.get('event_id')).find(Boolean);
  return (
    <aside className="details" aria-label={`Details of ${row.label}`}>
      <div className="details-head">
        <h2>{row.label}</h2>
        <div className="row">
          {row.kind && <span className="chip">{row.kind}</span>}
          {row.role === 'refusal' ? (
            <span className="outcome is-fault">⊘ did not arrive</span>
          ) : (
            <OutcomeMark outcome={row.outcome} />
          )}
          {row.role !== 'refusal' && row.end !== undefined && <span>{duration(row.end - row.start)}</span>}
          {row.asked < row.start && <span className="quiet">after waiting {duration(row.start - row.asked)}</span>}
        </div>
      </div>
      {row.remark && (
        <div className="why">
          <strong>{row.role === 'refusal' ? 'Why it did not arrive' : 'Why'}</strong>
          <p>{row.remark}</p>
          {event && <Link to={`events/${event}`}>The story of this event</Link>}
        </div>
      )}
      <Tabs
        label="Facts"
        tabs={tabs}
        chosen={tab}
        onChoose={(name) => setTab(name === 'Overview' ? undefined : name)}
      />
    </aside>
  );
}

const MOST_EVENTS = 10;

/** The ids of the events that an entity put or handed on. */
function eventsOf({ events, facts }: Entity): string[] {
  const handed = facts.get('event_id');
  return [...events.map(({ id }) => id), ...(handed ? [handed] : [])];
}

/** The tabs that have something to say. */
function tabsOf(row: Row, story: Story): Tab[] {
  const { entities } = row;
  const annotations = entities.flatMap((entity) => Object.entries(objectAt(entity.document, 'annotations')));
  const metadata = entities.flatMap((entity) => Object.entries(objectAt(entity.document, 'metadata')));
  const exceptions = exceptionsOf(entities, story.documents);
  const sql = entities.filter((entity) => entity.document.sql !== undefined);
  const invocation = invocationOf(row, story);
  const events = [...new Set(entities.flatMap(eventsOf))].slice(0, MOST_EVENTS);
  const tabs: Array<Tab | false> = [
    { name: 'Overview', content: () => <Overview row={row} story={story} /> },
    exceptions.length > 0 && {
      name: 'Exceptions',
      count: exceptions.length,
      content: () => <Exceptions exceptions={exceptions} />,
    },
    annotations.length > 0 && {
      name: 'Annotations',
      count: annotations.length,
      content: () => <Facts entries={annotations} />,
    },
    metadata.length > 0 && { name: 'Metadata', content: () => <Metadata entries={metadata} /> },
    sql.length > 0 && {
      name: 'SQL',
      content: () => sql.map((entity) => <SqlStatement key={entity.id} entity={entity} />),
    },
    events.length > 0 && {
      name: events.length === 1 ? 'Event' : 'Events',
      content: () => events.map((id) => <EventPayload key={id} id={id} at={row.asked / 1_000} />),
    },
    invocation !== undefined && { name: 'Logs', content: () => <InvocationLogs invocation={invocation} /> },
    { name: 'JSON', content: () => <Documents entities={entities} /> },
  ];
  return tabs.filter((tab) => tab !== false);
}

function Facts({ entries }: { readonly entries: ReadonlyArray<readonly [string, unknown]> }) {
  return (
    <dl className="facts">
      {entries.map(([key, value], index) => (
        <div className="key" key={index}>
          <dt className="mono">{key}</dt>
          <dd>{String(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Metadata({ entries }: { readonly entries: ReadonlyArray<readonly [string, unknown]> }) {
  return (
    <div className="stack">
      {entries.map(([namespace, value], index) => (
        <section key={index} className="stack">
          <h3>{namespace}</h3>
          <JsonBlock label={`Metadata ${namespace}`} value={value} />
        </section>
      ))}
    </div>
  );
}

function Documents({ entities }: { readonly entities: readonly Entity[] }) {
  return (
    <div className="stack">
      {entities.map((entity) => (
        <JsonBlock key={entity.id} label={`Document ${entity.id}`} value={entity.document} />
      ))}
    </div>
  );
}
