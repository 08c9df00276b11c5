// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { kindOf, pathOf, requestLine, shortName } from '../../main/web/format/names';
import { bytes, count, duration, seconds, share } from '../../main/web/format/numbers';
import { shortened } from '../../main/web/format/shared';
import { ago } from '../../main/web/format/time';
import { parse } from '../../main/web/url/place';
import { paramsOf, rangeOf, stretchAt } from '../../main/web/url/range';

test.each([
  [0, '0 µs'],
  [412, '412 µs'],
  [999.6, '1.00 ms'],
  [1_240, '1.24 ms'],
  [41_300, '41.3 ms'],
  [532_000, '532 ms'],
  [999_600, '1 s'],
  [2_100_000, '2.1 s'],
  [21_000_000, '21 s'],
  [185_000_000, '3 min 5 s'],
  [7_800_000_000, '2 h 10 min'],
  [-1_240, '−1.24 ms'],
  [Number.NaN, '–'],
])('%d µs reads %s', (micros, text) => expect(duration(micros)).toBe(text));

test('numbers of other kinds', () => {
  expect(seconds(undefined)).toBe('–');
  expect([share(21, 1_000), share(0, 0), share(1, 1), share(999, 1_000)]).toEqual(['2.1 %', '0 %', '100 %', '100 %']);
  expect(count(1_234_567)).toBe('1\u202f234\u202f567');
  expect([bytes(512), bytes(2_048), bytes(5_242_880)]).toEqual(['512 B', '2.00 KB', '5.00 MB']);
  expect(ago(new Date(0), new Date(125_000))).toBe('2 min ago');
});

test('names are shortened to what tells them apart', () => {
  expect(shortName('arn:aws:lambda:us-east-1:1:function:pay')).toBe('pay');
  expect(shortName('http://x/1/queue')).toBe('queue');
  expect(pathOf('http://user@x:1/a/b?secret=1')).toBe('/a/b');
  expect(requestLine('POST', 'http://x/orders')).toBe('POST /orders');
  expect([kindOf('AWS::Events'), kindOf('AWS::StepFunctions::StateMachine'), kindOf(undefined)]).toEqual([
    'bus',
    'statemachine',
    '',
  ]);
  expect([...shortened(['order-service-x1', 'payment-service-x1', 'orders-api-x1/prod']).values()]).toEqual([
    'order-service',
    'payment-service',
    'orders-api',
  ]);
  expect([...shortened(['order-service-x1', 'payment-service-x1']).values()]).toEqual(['order', 'payment']);
  expect([...shortened(['only-one']).values()]).toEqual(['only-one']);
});

test('places and ranges come from the address', () => {
  expect(parse('/console/traces/1-a?filter=ok').path).toBe('traces/1-a');
  expect(parse('/').path).toBe('');
  const range = (text: string) => rangeOf(new URLSearchParams(text));
  expect(range('range=3h')).toEqual({ kind: 'last', minutes: 180 });
  expect(range('range=nonsense')).toEqual({ kind: 'last', minutes: 15 });
  expect(range('range=99999d')).toEqual({ kind: 'last', minutes: 43_200 });
  const fixed = range('from=2026-11-22T10:00:00Z&to=2026-11-22T11:00:00Z');
  expect(stretchAt(fixed, 0)).toEqual({ kind: 'between', from: 1_795_341_600_000, to: 1_795_345_200_000 });
  expect(
    rangeOf(new URLSearchParams(Object.entries(paramsOf(fixed)).flatMap(([k, v]) => (v ? [[k, v]] : [])))),
  ).toEqual(fixed);
  expect(range('from=2026-11-22T11:00:00Z&to=2026-11-22T10:00:00Z').kind).toBe('last');
});
