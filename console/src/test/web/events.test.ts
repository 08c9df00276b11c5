// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { commandFor, shellQuoted } from '../../main/web/events/command';
import { outcomeOf, storiesIn } from '../../main/web/events/story';
import { storiesFrom, summariesFrom } from '../../main/web/events/wire';
import { totalsOf } from '../../main/web/sampling/totals';
import { parseDocuments } from '../../main/web/trace/entity';
import { type Document, delivery, entity, order, TRACE } from './documents';

const documents = (...all: object[]) => parseDocuments(all.map((document) => JSON.stringify(document)));

test('the bus segment of a trace tells the story of its event', () => {
  const [story] = storiesIn(TRACE, documents(...order()));
  expect(story).toMatchObject({
    id: 'event-1',
    bus: 'orders',
    traceId: TRACE,
    matched: ['pay'],
  });
  expect(story?.deliveries).toHaveLength(1);
  expect(story?.deliveries[0]).toMatchObject({
    rule: 'pay',
    outcome: 'delivered',
    attempts: [{ number: 1, waited: 7 }],
  });
  expect(story?.outcome).toBe('delivered');
});

test('the last attempt says how a delivery ended, one failed delivery how the event did', () => {
  const events = {
    metadata: {
      clew: {
        'clew.events': [{ id: 'event-1', bus: 'orders', matched_rules: ['pay'] }],
      },
    },
  };
  const first = delivery('retried', 'payment');
  const second: Document = { ...delivery('refused', 'payment'), id: 'second' };
  (second.annotations as Record<string, unknown>)['clew.attempt'] = 2;
  const bus = entity('bus', 'Events', 0, 1, {
    origin: 'AWS::Events',
    ...events,
    subsegments: [second, first],
  });
  const [story] = storiesIn(TRACE, documents(bus));
  expect(story?.deliveries[0]?.attempts.map(({ number, outcome }) => `${number} ${outcome}`)).toEqual([
    '1 retried',
    '2 refused',
  ]);
  expect(story?.outcome).toBe('failed');
});

test('an event without rules is unmatched, one without an end pending', () => {
  expect(outcomeOf([], [])).toBe('unmatched');
  expect(outcomeOf(['r'], [])).toBe('pending');
});

test("the server's own story is read as it is told", () => {
  const refused = {
    outcome: 'refused',
    attempt: 1,
    time: '2026-11-22T22:00:01Z',
    'wait-ms': 5,
    code: 'NO_PERMISSIONS',
    reason: 'no',
  };
  const delivery = {
    rule: 'arn:aws:events:us-east-1:1:rule/orders/pay',
    target: 'arn:aws:lambda:us-east-1:1:function:payment',
    outcome: 'dead-lettered',
    attempts: [refused, { outcome: 'dead-lettered', attempt: 1 }],
  };
  const orders = {
    bus: 'orders',
    accepted: '2026-11-22T22:00:00Z',
    'detail-type': 't',
    outcome: 'dead-lettered',
    event: { detail: {} },
    matched: ['pay'],
    missed: [{ rule: 'ship', why: 'detail.weight is missing', held: 1, clauses: 2 }],
    deliveries: [delivery],
  };
  const [story, second] = storiesFrom({ id: 'e', arrivals: [orders, { bus: 'copies', outcome: 'something newer' }] });
  expect(story).toMatchObject({ at: 1_795_384_800_000, detailType: 't', outcome: 'dead-lettered', event: { detail: {} } });
  expect(story?.missed).toEqual([{ rule: 'ship', why: 'detail.weight is missing' }]);
  const attempts = story?.deliveries[0]?.attempts.map(({ waited, outcome, reason }) => [waited, outcome, reason]);
  expect(attempts).toEqual([
    [5, 'refused', 'NO_PERMISSIONS: no'],
    [undefined, 'dead-lettered', ''],
  ]);
  expect(second).toMatchObject({ id: 'e', bus: 'copies', outcome: 'pending', deliveries: [] });
});

test('the search of the server lists events with their outcome and its cause', () => {
  const unmatched = { id: 'e', bus: 'b', outcome: 'unmatched', matched: [], deliveries: [], cause: 'no rule matched' };
  const [event] = summariesFrom({ events: [unmatched] });
  expect(event).toMatchObject({ id: 'e', outcome: 'unmatched', matched: [], cause: 'no rule matched' });
  expect(summariesFrom('nonsense')).toEqual([]);
});

test('the command puts the same event again, whatever is in it', () => {
  expect(shellQuoted("it's")).toBe("'it'\\''s'");
  const command = commandFor({ source: "o'brien", 'detail-type': 'T', detail: { a: '$(rm)' } }, 'orders');
  expect(command).toBe(
    `aws events put-events --entries '[{"EventBusName":"orders","Source":"o'\\''brien","DetailType":"T","Detail":"{\\"a\\":\\"$(rm)\\"}"}]'`,
  );
  expect(commandFor(undefined, 'orders')).toBeUndefined();
});

test('statistics of one rule add up', () => {
  const totals = totalsOf([
    { RuleName: 'a', RequestCount: 10, SampledCount: 2 },
    { RuleName: 'a', RequestCount: 5, SampledCount: 1 },
    { RuleName: 'b', RequestCount: 1, SampledCount: 1 },
  ]);
  expect(totals.get('a')).toEqual({ requests: 15, sampled: 3 });
});
