// SPDX-License-Identifier: Apache-2.0
import { shortName } from '../format/names';
import { type Json, listAt, numberAt, objectAt, spelled, textAt } from '../trace/json';
import { type Delivery, EVENT_OUTCOMES, type EventOutcome, type EventStory } from './story';

/** What `GET /_clew/events` lists: events with their outcome, and the rules that matched. */
export function summariesFrom(page: unknown): EventStory[] {
  return listAt(page as Json, 'events').map((event) => ({
    ...arrivalFrom(textAt(event, 'id'), event),
    matched: listAt(event, 'rules').map(spelled),
    cause: textAt(event, 'cause'),
  }));
}

/** What `GET /_clew/events/ID` tells: one story for each bus that the event came to. */
export function storiesFrom(answer: unknown): EventStory[] {
  const id = textAt(answer as Json, 'id');
  return listAt(answer as Json, 'arrivals').map((arrival) => arrivalFrom(id, arrival));
}

function arrivalFrom(id: string, json: Json): EventStory {
  return {
    id,
    bus: textAt(json, 'bus'),
    at: timeAt(json, 'accepted'),
    source: textAt(json, 'source'),
    detailType: textAt(json, 'detailType'),
    event: parsed(textAt(json, 'event')),
    traceId: textAt(json, 'trace'),
    matched: listAt(json, 'matched').map(spelled),
    missed: listAt(json, 'misses').map((miss) => ({
      rule: textAt(miss, 'rule'),
      why: textAt(miss, 'reason'),
    })),
    deliveries: listAt(json, 'deliveries').map(deliveryFrom),
    outcome: outcomeFrom(textAt(json, 'outcome')),
    cause: '',
  };
}

function deliveryFrom(json: Json): Delivery {
  return {
    target: textAt(json, 'target'),
    rule: shortName(textAt(json, 'rule')),
    outcome: outcomeFrom(textAt(json, 'state')),
    attempts: listAt(json, 'steps').map((step) => ({
      number: numberAt(step, 'attempt') ?? 1,
      at: timeAt(step, 'begin'),
      waited: numberAt(step, 'waitMillis'),
      outcome: word(textAt(step, 'outcome')),
      reason: [textAt(step, 'code'), textAt(step, 'reason')].filter(Boolean).join(': '),
    })),
  };
}

/** `DEAD_LETTERED` as people read it. */
function word(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}

function outcomeFrom(name: string): EventOutcome {
  return EVENT_OUTCOMES.find((outcome) => outcome === word(name)) ?? 'pending';
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

/** ISO text or epoch seconds, as milliseconds since the epoch. */
function timeAt(json: Json, name: string): number | undefined {
  const found = objectAt(json)[name];
  const time = typeof found === 'number' ? found * 1_000 : Date.parse(String(found));
  return Number.isFinite(time) ? time : undefined;
}
