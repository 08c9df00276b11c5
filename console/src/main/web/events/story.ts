// SPDX-License-Identifier: Apache-2.0
import { groupBy } from '../format/groups';
import { shortName } from '../format/names';
import { causeOf, type Entity } from '../trace/entity';

/** One try to hand an event to a target. Times are milliseconds since the epoch. */
export interface Attempt {
  readonly number: number;
  readonly at: number | undefined;
  /** Milliseconds that the event had waited for it. */
  readonly waited: number | undefined;
  readonly outcome: string;
  readonly reason: string;
}

export interface Delivery {
  readonly target: string;
  readonly rule: string;
  readonly outcome: EventOutcome;
  readonly attempts: readonly Attempt[];
}

/** What happened to one event. */
export interface EventStory {
  readonly id: string;
  readonly bus: string;
  readonly at: number | undefined;
  readonly source: string;
  readonly detailType: string;
  /** The whole event as targets get it, as far as it is known. */
  readonly event: unknown;
  readonly traceId: string;
  readonly matched: readonly string[];
  /** Rules that did not match, with the clause that failed; the nearest first. */
  readonly missed: ReadonlyArray<{
    readonly rule: string;
    readonly why: string;
  }>;
  readonly deliveries: readonly Delivery[];
  /** The whole in one word. */
  readonly outcome: EventOutcome;
  /** Why it is not delivered; "" if it is. */
  readonly cause: string;
}

/** Worst first: the worst of its deliveries says how an event fared. */
export const EVENT_OUTCOMES = [
  'dropped',
  'unmatched',
  'untargeted',
  'failed',
  'dead-lettered',
  'retrying',
  'pending',
  'delivered',
] as const;

export type EventOutcome = (typeof EVENT_OUTCOMES)[number];

/** How an attempt that was the last one leaves its delivery. */
const LEAVES: ReadonlyMap<string, EventOutcome> = new Map([
  ['delivered', 'delivered'],
  ['retried', 'retrying'],
  ['letter-retried', 'retrying'],
  ['redriven', 'pending'],
  ['refused', 'failed'],
  ['failed', 'failed'],
  ['letter-failed', 'failed'],
  ['dropped', 'failed'],
  ['dead-lettered', 'dead-lettered'],
]);

export function leftBy(attempt: Attempt | undefined): EventOutcome {
  return LEAVES.get(attempt?.outcome ?? '') ?? 'pending';
}

/** The worst of the deliveries, or why there are none. */
export function outcomeOf(matched: readonly string[], deliveries: readonly Delivery[]): EventOutcome {
  if (deliveries.length === 0) {
    return matched.length === 0 ? 'unmatched' : 'pending';
  }
  const worst = Math.min(...deliveries.map(({ outcome }) => EVENT_OUTCOMES.indexOf(outcome)));
  return EVENT_OUTCOMES[worst] ?? 'pending';
}

/** The events that the bus segments of a trace tell of, with what became of them. */
export function storiesIn(traceId: string, documents: readonly Entity[]): EventStory[] {
  const segments = documents.filter(({ origin }) => origin === 'AWS::Events');
  return segments.flatMap((segment) => {
    const caused = documents.filter(({ parentId, subsegment }) => subsegment && parentId === segment.id);
    const records = [...segment.children, ...caused];
    return segment.events.map((event) => {
      const matched = matchedRules(segment, event.id);
      const deliveries = deliveriesOf(records.filter(({ facts }) => facts.get('event_id') === event.id));
      return {
        id: event.id,
        bus: shortName(event.bus),
        at: segment.start / 1_000,
        source: '',
        detailType: '',
        event: undefined,
        traceId,
        matched,
        missed: [],
        deliveries,
        outcome: outcomeOf(matched, deliveries),
        cause: deliveries.map(({ attempts }) => attempts.at(-1)?.reason).find(Boolean) ?? '',
      };
    });
  });
}

function matchedRules(segment: Entity, id: string): string[] {
  const { metadata } = segment.document as {
    metadata?: { clew?: { 'clew.events'?: unknown } };
  };
  const events = metadata?.clew?.['clew.events'];
  const event = Array.isArray(events) ? events.find((candidate) => candidate?.id === id) : undefined;
  return Array.isArray(event?.matched_rules) ? event.matched_rules.map(String) : [];
}

function deliveriesOf(records: readonly Entity[]): Delivery[] {
  const groups = groupBy(records, ({ facts }) => `${facts.get('rule')} ${facts.get('target')}`);
  return [...groups.values()].map((group) => {
    const attempts = group
      .map((record) => ({
        number: Number(record.facts.get('attempt') ?? 1),
        at: record.start / 1_000,
        waited: Number(record.facts.get('wait_ms') ?? Number.NaN),
        outcome: record.facts.get('outcome') ?? (record.outcome === 'ok' ? 'delivered' : 'failed'),
        reason: causeOf(record),
      }))
      .sort((a, b) => a.number - b.number || a.at - b.at);
    const [first] = group;
    return {
      target: first?.facts.get('target') ?? first?.name ?? '',
      rule: shortName(first?.facts.get('rule') ?? ''),
      outcome: leftBy(attempts.at(-1)),
      attempts,
    };
  });
}
