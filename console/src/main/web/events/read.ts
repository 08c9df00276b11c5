// SPDX-License-Identifier: Apache-2.0
import { RefusedError } from '../api/server';
import { signedJson } from '../api/signed';
import { traceSummaries, traces } from '../api/xray';
import { parseDocuments } from '../trace/entity';
import { type Json, listAt, textAt } from '../trace/json';
import { quoted } from '../traces/expression';
import type { Stretch } from '../url/range';
import type { Redriven } from './redriven';
import { type EventStory, storiesIn } from './story';
import { storiesFrom, summariesFrom } from './wire';

/** What a search of events may be narrowed by; "" for anything. */
export interface EventQuery {
  readonly bus: string;
  readonly source: string;
  readonly detailType: string;
  readonly outcome: string;
}

/** Events of so many traces are shown when the server keeps no index of events. */
const TRACES = 40;
const MOST = 200;

/** The latest events: from the server's own search if it has one, else as the traces tell of them. */
export async function searchEvents(query: EventQuery, stretch: Stretch, signal: AbortSignal): Promise<EventStory[]> {
  const params = new URLSearchParams({
    since: new Date(stretch.from).toISOString(),
    until: new Date(stretch.to).toISOString(),
    limit: String(MOST),
  });
  for (const [name, value] of [
    ['bus', query.bus],
    ['source', query.source],
    ['detail-type', query.detailType],
    ['outcome', query.outcome],
  ] as const) {
    if (value !== '') {
      params.set(name, value);
    }
  }
  const answer = await served(signedJson('GET', `/_clew/events?${params}`, undefined, signal));
  if (answer !== undefined) {
    return summariesFrom(answer);
  }
  const page = await traceSummaries(stretch, '', 'Event', undefined, signal);
  const withEvents = page.summaries.filter(({ Annotations }) => Annotations?.['clew.bus'] !== undefined);
  return storiesOfTraces(
    withEvents.slice(0, TRACES).flatMap(({ Id }) => Id ?? []),
    signal,
  );
}

/** The story of one event, for each bus that it came to; none if nobody knows it. */
export async function readEvent(id: string, stretch: Stretch, signal: AbortSignal): Promise<EventStory[]> {
  const answer = await served(signedJson('GET', `/_clew/events/${encodeURIComponent(id)}`, undefined, signal));
  if (answer !== undefined) {
    return storiesFrom(answer);
  }
  const page = await traceSummaries(stretch, `annotation[clew.event_id] = ${quoted(id)}`, 'Event', undefined, signal);
  const stories = await storiesOfTraces(
    page.summaries.flatMap(({ Id }) => Id ?? []),
    signal,
  );
  return stories.filter((story) => story.id === id);
}

/** Has what failed of an event, or of a rule by its ARN, delivered again; answers what is owed anew. */
export async function redrive(failed: { readonly event: string } | { readonly rule: string }): Promise<Redriven[]> {
  const answer = (await signedJson('POST', '/_clew/events/redrive', failed)) as Json;
  return listAt(answer, 'redriven').map((one) => ({
    event: textAt(one, 'event'),
    rule: textAt(one, 'rule'),
    target: textAt(one, 'target'),
  }));
}

async function storiesOfTraces(ids: readonly string[], signal: AbortSignal): Promise<EventStory[]> {
  const found = await traces(ids, signal);
  return found
    .flatMap(({ Id, Segments }) =>
      storiesIn(Id ?? '', parseDocuments((Segments ?? []).flatMap(({ Document }) => Document ?? []))),
    )
    .sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
}

/** The answer, or undefined if this server has no such page. */
async function served(asked: Promise<unknown>): Promise<unknown> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof RefusedError && [404, 405, 501].includes(error.status)) {
      return undefined;
    }
    throw error;
  }
}
