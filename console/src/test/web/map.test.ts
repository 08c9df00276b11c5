// SPDX-License-Identifier: Apache-2.0
import type { Service } from '@aws-sdk/client-xray';
import { expect, test } from 'vitest';
import { graphOf, total } from '../../main/web/map/graph';
import { byDistance, settle } from '../../main/web/map/layout';
import { bins, percentile } from '../../main/web/map/percentile';
import { onPathsOf } from '../../main/web/map/reach';
import { arcs, diameter, thickness } from '../../main/web/map/ring';

const counts = (OkCount: number, faults = 0) => ({
  OkCount,
  ErrorStatistics: { OtherCount: 0, ThrottleCount: 0, TotalCount: 0 },
  FaultStatistics: { OtherCount: faults, TotalCount: faults },
  TotalCount: OkCount + faults,
  TotalResponseTime: OkCount,
});

/** client → api → fn (two views) → Events → fn2 (one view) */
const SERVICES: Service[] = [
  { ReferenceId: 0, Name: 'api', Type: 'client', Edges: [{ ReferenceId: 1, SummaryStatistics: counts(4) }] },
  {
    ReferenceId: 1,
    Name: 'api',
    Type: 'AWS::ApiGateway::Stage',
    SummaryStatistics: counts(4),
    Edges: [{ ReferenceId: 2, SummaryStatistics: counts(4) }],
  },
  {
    ReferenceId: 2,
    Name: 'fn',
    Type: 'AWS::Lambda',
    SummaryStatistics: counts(4),
    ResponseTimeHistogram: [{ Value: 9, Count: 4 }],
    Edges: [{ ReferenceId: 3, SummaryStatistics: counts(4) }],
  },
  {
    ReferenceId: 3,
    Name: 'fn',
    Type: 'AWS::Lambda::Function',
    AccountId: '1',
    SummaryStatistics: counts(3, 1),
    ResponseTimeHistogram: [{ Value: 1, Count: 4 }],
    Edges: [{ ReferenceId: 4, SummaryStatistics: counts(3) }],
  },
  {
    ReferenceId: 4,
    Name: 'Events',
    Type: 'AWS::Events',
    SummaryStatistics: counts(3),
    Edges: [{ ReferenceId: 5, SummaryStatistics: counts(3) }, { ReferenceId: 99 }],
  },
  { ReferenceId: 5, Name: 'fn2', Type: 'AWS::Lambda', SummaryStatistics: counts(3), Edges: [] },
];

test('the two views of a function are one node with the calls of the service and the times of the code', () => {
  const { nodes } = graphOf(SERVICES);
  expect(nodes.map(({ name }) => name).sort()).toEqual(['Events', 'api', 'api', 'fn', 'fn2']);
  const fn = nodes.find(({ name }) => name === 'fn');
  expect(fn?.counts.ok).toBe(4);
  expect(fn?.times).toEqual([{ value: 1, count: 4 }]);
});

test('the hop within a function is no edge, nor is one to a service that is not here', () => {
  const { edges } = graphOf(SERVICES);
  expect(edges).toHaveLength(4);
  expect(edges.map(({ events }) => events).filter(Boolean)).toHaveLength(1);
});

test('the same services in another order give the same graph', () => {
  expect(graphOf([...SERVICES].reverse())).toEqual(graphOf(SERVICES));
});

test('what lies on a path through a node is what leads there and where it leads', () => {
  const graph = graphOf(SERVICES);
  const stage = graph.nodes.find(({ type }) => type === 'AWS::ApiGateway::Stage')?.id ?? '';
  expect(onPathsOf(stage, graph).size).toBe(5);
  const lonely = { ...graph, nodes: [...graph.nodes, { ...(graph.nodes[0] as (typeof graph.nodes)[0]), id: 'x' }] };
  expect(onPathsOf('x', lonely)).toEqual(new Set(['x']));
});

test('a ring goes round once', () => {
  const ring = arcs({ ok: 6, error: 1, throttle: 1, fault: 2, seconds: 0 });
  expect(ring.map(({ outcome, from, share }) => [outcome, from.toFixed(1), share])).toEqual([
    ['ok', '0.0', 0.6],
    ['error', '0.6', 0.1],
    ['throttle', '0.7', 0.1],
    ['fault', '0.8', 0.2],
  ]);
  expect(arcs({ ok: 0, error: 0, throttle: 0, fault: 0, seconds: 0 })).toEqual([]);
});

test('more traffic is never drawn smaller', () => {
  const calls = [0, 1, 10, 500, 1_000];
  for (const measure of [diameter, thickness]) {
    const sizes = calls.map((call) => measure(call, 1_000));
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  }
  expect(diameter(1_000, 1_000)).toBe(76);
});

test('percentiles are values that occurred', () => {
  const times = [
    { value: 3, count: 1 },
    { value: 1, count: 50 },
    { value: 2, count: 49 },
  ];
  expect(percentile(times, 0.5)).toBe(1);
  expect(percentile(times, 0.9)).toBe(2);
  expect(percentile(times, 0.99)).toBe(2);
  expect(percentile(times, 1)).toBe(3);
  expect(percentile([], 0.5)).toBeUndefined();
});

test('every call is in one bin, and the bins reach from the least to the largest', () => {
  const times = [0.001, 0.01, 0.1, 1, 10].map((value) => ({ value, count: 2 }));
  const found = bins(times, 8);
  expect(found).toHaveLength(8);
  expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(10);
  expect(found[0]?.from).toBeCloseTo(0.001);
  expect(found.at(-1)?.to).toBeGreaterThanOrEqual(10);
  expect(bins([{ value: 0, count: 3 }], 4).reduce((sum, { count }) => sum + count, 0)).toBe(3);
});

test('nodes keep their place while others come; when nodes go or would be covered, all are placed anew', () => {
  const a = { x: 0, y: 0 };
  const b = { x: 300, y: 0 };
  const known = new Map([['a', a]]);
  expect(
    settle(
      known,
      new Map([
        ['a', { x: 9, y: 9 }],
        ['b', b],
      ]),
    ),
  ).toEqual(
    new Map([
      ['a', a],
      ['b', b],
    ]),
  );
  const covering = new Map([
    ['a', { x: 300, y: 0 }],
    ['b', a],
  ]);
  expect(settle(known, covering)).toBe(covering);
  const fewer = new Map([['b', b]]);
  expect(settle(known, fewer)).toBe(fewer);
});

test('counts add up', () => {
  expect(total({ ok: 1, error: 2, throttle: 3, fault: 4, seconds: 9 })).toBe(10);
});

test('nodes are laid out in the order in which requests come through', () => {
  expect(byDistance(graphOf(SERVICES)).map(({ name, type }) => (type === 'client' ? 'client' : name))).toEqual([
    'client',
    'api',
    'fn',
    'Events',
    'fn2',
  ]);
  const circle = {
    nodes: ['b', 'a'].map((id) => ({
      id,
      name: id,
      type: '',
      root: false,
      counts: { ok: 0, error: 0, throttle: 0, fault: 0, seconds: 0 },
      times: [],
    })),
    edges: [],
  };
  expect(byDistance(circle)).toHaveLength(2);
});
