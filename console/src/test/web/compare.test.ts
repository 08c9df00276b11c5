// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { annotationsOf, pairOf } from '../../main/web/compare/pair';
import { parseDocuments } from '../../main/web/trace/entity';
import { linksOf } from '../../main/web/trace/links';
import { storyOf } from '../../main/web/trace/trace';
import { annotationKeys, breakdown, overTime } from '../../main/web/traces/breakdown';
import { conditionOf } from '../../main/web/traces/expression';
import type { TraceLine } from '../../main/web/traces/line';
import { entity, order, TRACE, traceOf } from './documents';

const line = (id: string, duration: number, more: Partial<TraceLine> = {}): TraceLine => ({
  id,
  start: 1_000,
  duration,
  response: duration,
  outcome: 'ok',
  inside: false,
  what: 'GET /',
  entry: 'api',
  status: 200,
  services: ['api'],
  annotations: [],
  users: [],
  ...more,
});

describe('groups of traces', () => {
  const lines = [
    line('a', 1, { annotations: [['tier', 'gold']], users: ['ann'] }),
    line('b', 3, { annotations: [['tier', 'gold']], outcome: 'fault' }),
    line('c', 9, { annotations: [['tier', 'free']], services: ['api', 'fn'] }),
  ];

  test('the largest comes first, with its failures and percentiles', () => {
    expect(breakdown(lines, 'annotation tier')).toEqual([
      { value: 'gold', count: 2, failed: 1, p50: 1, p95: 3 },
      { value: 'free', count: 1, failed: 0, p50: 9, p95: 9 },
    ]);
    expect(annotationKeys(lines)).toEqual(['tier']);
  });

  test('a trace is in the group of each of its services, and in none for a value that it lacks', () => {
    expect(breakdown(lines, 'service').map(({ value, count }) => [value, count])).toEqual([
      ['api', 3],
      ['fn', 1],
    ]);
    expect(breakdown(lines, 'user')).toHaveLength(1);
  });

  test('over time, the failed are among all', () => {
    const shown = overTime([line('a', 1, { start: 0 }), line('b', 1, { start: 99, inside: true })], 0, 100, 2);
    expect([shown.all, shown.failed]).toEqual([
      [1, 1],
      [0, 1],
    ]);
    expect(overTime([line('a', 1, { start: 100 })], 0, 100, 2).all).toEqual([0, 0]);
  });

  test('a group is a condition of the filter language', () => {
    expect(conditionOf('annotation tier', 'gold')).toBe('annotation[tier] = "gold"');
    expect(conditionOf('URL', 'POST /orders')).toBe('http.url CONTAINS "/orders"');
    expect(conditionOf('outcome', 'failure inside')).toBe('service() { fault }');
  });
});

describe('two traces', () => {
  const one = storyOf(traceOf(...order()));

  test('equal traces differ in nothing', () => {
    expect(pairOf(one, one).every(({ more }) => more === 0)).toBe(true);
    expect(annotationsOf(one, one)).toEqual([]);
  });

  test('what takes longer comes first, what is missing is said', () => {
    const [stage, ...rest] = order();
    const other = storyOf(traceOf({ ...stage, end_time: Number(stage?.end_time) + 1 }, ...rest.slice(0, 2)));
    const [first] = pairOf(one, other);
    expect(first).toMatchObject({ name: 'orders-api/prod', within: [], more: 1_000_000 });
    const gone = pairOf(one, other).find(({ name }) => name === 'payment');
    expect(gone?.other).toBeUndefined();
    expect(gone?.more).toBeLessThan(0);
  });

  test('annotations that differ are told with both values', () => {
    const changed = JSON.parse(JSON.stringify(order()).replace('"order-1"', '"order-2"'));
    expect(annotationsOf(one, storyOf(traceOf(...changed)))).toEqual([['order_id', 'order-1', 'order-2']]);
  });
});

test('links lead into other traces, each once; what names no trace is left out', () => {
  const other = TRACE.replace(/^1-......../, '1-00000001');
  const link = (reference: string, trace: string) => ({
    trace_id: trace,
    id: '00000000000000aa',
    attributes: { 'aws.xray.reserved.reference_type': reference },
  });
  const document = entity('a', 'queue', 0, 1, {
    links: [link('parent', other), link('parent', other), link('child', 'javascript:alert(1)')],
  });
  expect(linksOf(parseDocuments([JSON.stringify(document)]))).toEqual([
    { trace: other, id: '00000000000000aa', meaning: 'caused by trace' },
  ]);
});
