// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';
import { duration } from '../format/numbers';
import { CopyText } from '../parts/CopyText';
import { When } from '../parts/When';
import { Link } from '../url/Link';
import { requestIdOf } from './invocation';
import { numberAt, objectAt, spelled, textAt } from './json';
import { linksOf } from './links';
import type { Row } from './row';
import type { Story } from './trace';

type Fact = readonly [name: string, value: ReactNode];

/** What and when, then what was asked and answered. */
export function Overview({ row, story }: { readonly row: Row; readonly story: Story }) {
  const [entity] = row.entities;
  if (!entity) {
    return null;
  }
  const facts: Fact[] = [
    ['began', <When key="began" at={new Date(row.start / 1_000)} />],
    ['offset', duration(row.start - story.first)],
    ...timing(row),
    ...http(row),
    ...aws(row),
    ...delivery(row),
    ...links(row),
    ...identity(row),
  ];
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div className="key" key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function timing(row: Row): Fact[] {
  const facts: Fact[] = [];
  if (row.role !== 'refusal') {
    facts.push(['took', row.end === undefined ? 'in progress' : duration(row.end - row.start)]);
  }
  if (row.asked < row.start) {
    facts.push(['waited before', duration(row.start - row.asked)]);
  }
  if (row.count > 1) {
    facts.push(['times', row.count]);
  }
  return facts;
}

function http({ entities }: Row): Fact[] {
  const entity = entities.find(({ document }) => document.http !== undefined);
  if (!entity) {
    return [];
  }
  const request = objectAt(entity.document, 'http', 'request');
  const length = numberAt(objectAt(entity.document, 'http', 'response'), 'content_length');
  const facts: Fact[] = [
    ['request', [entity.method, entity.url].filter(Boolean).join(' ')],
    ['status', entity.status],
    ['answer bytes', length === undefined || length < 0 ? '' : length],
    ['client', textAt(request, 'client_ip')],
    ['user agent', textAt(request, 'user_agent')],
  ];
  return facts.filter(([, value]) => value !== '' && value !== undefined);
}

function aws({ entities }: Row): Fact[] {
  const facts = new Map<string, string>();
  for (const entity of entities) {
    for (const [name, value] of Object.entries(objectAt(entity.document, 'aws'))) {
      const plain = typeof value !== 'object' || Array.isArray(value);
      if (plain && name !== 'request_id' && !facts.has(name)) {
        facts.set(name, Array.isArray(value) ? value.map(spelled).join(', ') : spelled(value));
      }
    }
  }
  return [...facts].map(([name, value]) => [name.replaceAll('_', ' '), value]);
}

function delivery({ entities }: Row): Fact[] {
  const facts: Fact[] = [];
  const events = entities.flatMap((entity) => entity.events);
  events.forEach((event, index) => {
    const name = events.length === 1 ? 'event' : `event ${index + 1}`;
    facts.push([
      name,
      <Link key={event.id} to={`events/${event.id}`} className="mono">
        {event.id}
      </Link>,
    ]);
  });
  for (const name of ['rule', 'target', 'attempt', 'outcome']) {
    const value = entities.map((entity) => entity.facts.get(name)).find(Boolean);
    if (value) {
      facts.push([name, value]);
    }
  }
  return facts;
}

/** The way into other traces that caused this, or that this caused. */
function links({ entities }: Row): Fact[] {
  return linksOf(entities).map(({ trace, id, meaning }, index) => [
    index === 0 ? meaning : `${meaning} ${index + 1}`,
    <Link key={trace + id} to={`traces/${trace}`} params={{ row: id }} className="mono">
      {trace}
    </Link>,
  ]);
}

function identity({ entities }: Row): Fact[] {
  const [entity] = entities;
  const requestId = requestIdOf(entities);
  const facts: Fact[] = [];
  if (requestId) {
    facts.push(['request id', <CopyText key="request" text={requestId} />]);
  }
  if (entity) {
    facts.push(['segment id', <CopyText key="segment" text={entity.id} />]);
    facts.push(['origin', entity.origin || entity.namespace]);
    facts.push(['resource', textAt(entity.document, 'resource_arn')]);
    facts.push(['user', textAt(entity.document, 'user')]);
  }
  return facts.filter(([, value]) => value !== '');
}
