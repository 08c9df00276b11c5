// SPDX-License-Identifier: Apache-2.0
import { getJson, RefusedError } from '../api/server';
import { traceSummaries, traces } from '../api/xray';
import { parseDocuments } from '../trace/entity';
import { quoted } from '../traces/expression';
import type { Stretch } from '../url/range';
import { type EventStory, storiesIn } from './story';
import { storyFrom } from './wire';

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
  const params = new URLSearchParams({ since: new Date(stretch.from).toISOString(), limit: String(MOST) });
  for (const [name, value] of Object.entries({ ...query, detailType: '', 'detail-type': query.detailType })) {
    if (value !== '') {
      params.set(name, value);
    }
  }
  const answer = await served(getJson(`/_clew/events?${params}`, signal));
  if (answer !== undefined) {
    const { events } = answer as { events?: unknown };
    return (Array.isArray(events) ? events : []).map(storyFrom);
  }
  const page = await traceSummaries(stretch, '', 'Event', undefined, signal);
  const withEvents = page.summaries.filter(({ Annotations }) => Annotations?.['clew.bus'] !== undefined);
  return storiesOfTraces(
    withEvents.slice(0, TRACES).flatMap(({ Id }) => Id ?? []),
    signal,
  );
}

/** The story of one event; undefined if nobody knows it. */
export async function readEvent(id: string, stretch: Stretch, signal: AbortSignal): Promise<EventStory | undefined> {
  const answer = await served(getJson(`/_clew/events/${encodeURIComponent(id)}`, signal));
  if (answer !== undefined) {
    return storyFrom(answer);
  }
  const page = await traceSummaries(stretch, `annotation[clew.event_id] = ${quoted(id)}`, 'Event', undefined, signal);
  const stories = await storiesOfTraces(
    page.summaries.flatMap(({ Id }) => Id ?? []),
    signal,
  );
  return stories.find((story) => story.id === id);
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
    if (error instanceof RefusedError && [400, 403, 404, 405, 501].includes(error.status)) {
      return undefined;
    }
    throw error;
  }
}
