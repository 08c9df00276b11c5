// SPDX-License-Identifier: Apache-2.0
import { shortName } from '../format/names';
import { isObject, type Json, listAt, numberAt, objectAt, textAt } from '../trace/json';
import type { Delivery, EventStory } from './story';

/** An event as `GET /_clew/events` tells it. Members that are missing are unknown, never wrong. */
export function storyFrom(value: unknown): EventStory {
  const json = objectAt(value as Json);
  const event = isObject(json.event) ? json.event : undefined;
  return {
    id: textAt(json, 'id'),
    bus: shortName(textAt(json, 'bus')),
    at: timeAt(json, 'time') ?? timeAt(json, 'accepted'),
    source: textAt(json, 'source') || textAt(event, 'source'),
    detailType: textAt(json, 'detail-type') || textAt(event, 'detail-type'),
    event,
    traceId: textAt(json, 'trace'),
    matched: listAt(json, 'matched').map((rule) => shortName(typeof rule === 'string' ? rule : textAt(rule, 'rule'))),
    missed: listAt(json, 'missed').map((miss) => ({
      rule: shortName(textAt(miss, 'rule')),
      why: textAt(miss, 'why') || textAt(miss, 'reason'),
    })),
    deliveries: listAt(json, 'deliveries').map(deliveryFrom),
  };
}

function deliveryFrom(json: Json): Delivery {
  return {
    target: textAt(json, 'target'),
    rule: shortName(textAt(json, 'rule')),
    outcome: textAt(json, 'outcome') || 'pending',
    attempts: listAt(json, 'attempts').map((attempt, index) => ({
      number: numberAt(attempt, 'attempt') ?? index + 1,
      at: timeAt(attempt, 'time'),
      waited: numberAt(attempt, 'wait-ms') ?? numberAt(attempt, 'wait_ms'),
      outcome: textAt(attempt, 'outcome'),
      reason: textAt(attempt, 'reason') || textAt(attempt, 'error'),
    })),
  };
}

/** ISO text or epoch seconds, as milliseconds since the epoch. */
function timeAt(json: Json, name: string): number | undefined {
  const found = objectAt(json)[name];
  const time = typeof found === 'number' ? found * 1_000 : Date.parse(String(found));
  return Number.isFinite(time) ? time : undefined;
}
