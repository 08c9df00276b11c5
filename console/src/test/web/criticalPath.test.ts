// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { type Step, summarised } from '../../main/web/trace/criticalPath';
import { storyOf } from '../../main/web/trace/trace';
import { type Document, entity, invocation, order, traceOf, ZERO } from './documents';

/** Each step as its name with the milliseconds from and to. */
function spoken(steps: readonly Step[]): string[] {
  return steps.map(({ name, from, to }) => `${name} ${(from - ZERO) / 1e3}–${(to - ZERO) / 1e3}`);
}

function path(...documents: Document[]): string[] {
  return spoken(storyOf(traceOf(...documents)).path);
}

test('an order lasts as long as its stage, its function, the wait of the event, and the payment', () => {
  expect(path(...order())).toEqual([
    'orders-api/prod 0–2',
    'order 2–28', // until the bus had answered
    'wait 28–30',
    'wait 30–50',
    'payment 50–550',
  ]);
});

test('the steps have no gap and add up to the whole', () => {
  const steps = storyOf(traceOf(...order())).path;
  steps.slice(1).forEach((step, index) => expect(step.from).toBe(steps[index]?.to));
  expect(steps.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(550_000);
});

test('of two branches the one that ends last counts', () => {
  const fast = invocation('fast', 'bus', 30, 30, 100);
  expect(path(...order(), ...fast).at(-1)).toBe('payment 50–550');
  const slow = invocation('slow', 'bus', 30, 30, 900);
  expect(path(...order(), ...slow).at(-1)).toBe('slow 30–900');
});

test('a cold start is told apart from work', () => {
  const [service, code] = invocation('fn', 'root', 10, 60, 100) as [Document, Document];
  const initialization = entity('init', 'Initialization', 12, 55);
  const cold = { ...code, subsegments: [initialization, ...(code.subsegments as Document[])] };
  expect(path(entity('root', 'api', 0, 110), service, cold)).toEqual([
    'api 0–10',
    'wait 10–12',
    'cold start 12–55',
    'fn 55–100',
    'api 100–110',
  ]);
});

test('callees one after the other are all on the path, those that overlap once', () => {
  const root = entity('root', 'api', 0, 100);
  const a = entity('a', 'a', 10, 30, { parent_id: 'root' });
  const b = entity('b', 'b', 40, 70, { parent_id: 'root' });
  const hidden = entity('c', 'c', 45, 60, { parent_id: 'root' });
  expect(path(root, a, b, hidden)).toEqual(['api 0–10', 'a 10–30', 'api 30–40', 'b 40–70', 'api 70–100']);
});

test('the sentence joins neighbours and leaves waits out that are no news', () => {
  const step = (name: string, from: number, to: number) => ({ name, idle: name === 'wait', key: name, from, to });
  const steps = [
    step('a', 0, 400),
    step('wait', 400, 402),
    step('a', 402, 500),
    step('wait', 500, 900),
    step('b', 900, 1_000),
  ];
  expect(summarised(steps).map(({ name, from, to }) => `${name} ${to - from}`)).toEqual(['a 500', 'wait 400', 'b 100']);
});
