// SPDX-License-Identifier: Apache-2.0
import { shortName } from '../format/names';
import { type Json, listAt, numberAt, objectAt, spelled, textAt } from '../trace/json';
import { type Delivery, EVENT_OUTCOMES, type EventOutcome, type EventStory } from './story';

/** What `GET /_clew/events` lists: events with their outcome, without attempts. */
export function summariesFrom(page: unknown): EventStory[] {
  return listAt(page as Json, 'events').map((event) => arrivalFrom(textAt(event, 'id'), event));
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
    detailType: textAt(json, 'detail-type'),
    event: objectAt(json).event,
    traceId: textAt(json, 'trace'),
    matched: listAt(json, 'matched').map(spelled),
    missed: listAt(json, 'missed').map((miss) => ({
      rule: textAt(miss, 'rule'),
      why: textAt(miss, 'why'),
    })),
    deliveries: listAt(json, 'deliveries').map(deliveryFrom),
    outcome: outcomeFrom(textAt(json, 'outcome')),
    cause: textAt(json, 'cause'),
  };
}

function deliveryFrom(json: Json): Delivery {
  return {
    target: textAt(json, 'target'),
    rule: shortName(textAt(json, 'rule')),
    outcome: outcomeFrom(textAt(json, 'outcome')),
    attempts: listAt(json, 'attempts').map((step) => ({
      number: numberAt(step, 'attempt') ?? 1,
      at: timeAt(step, 'time'),
      waited: numberAt(step, 'wait-ms'),
      outcome: textAt(step, 'outcome'),
      reason: [textAt(step, 'code'), textAt(step, 'reason')].filter(Boolean).join(': '),
    })),
  };
}

function outcomeFrom(name: string): EventOutcome {
  return EVENT_OUTCOMES.find((outcome) => outcome === name) ?? 'pending';
}

/** ISO text or epoch seconds, as milliseconds since the epoch. */
function timeAt(json: Json, name: string): number | undefined {
  const found = objectAt(json)[name];
  const time = typeof found === 'number' ? found * 1_000 : Date.parse(String(found));
  return Number.isFinite(time) ? time : undefined;
}
