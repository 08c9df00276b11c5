// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { Row } from '../../main/web/trace/row';
import { storyOf } from '../../main/web/trace/trace';
import { delivery, entity, invocation, micros, order, traceOf } from './documents';

/** The rows as indented labels. */
function outline(rows: readonly Row[], indent = ''): string[] {
  return rows.flatMap((row) => [indent + row.label, ...outline(row.children, `${indent}  `)]);
}

test('an order reads as its services, the bus between them, and what their code did', () => {
  expect(outline(storyOf(traceOf(...order())).rows)).toEqual([
    'orders-api/prod',
    '  order',
    '    process_order',
    '      Events PutEvents',
    '        payment',
    '          process_payment',
  ]);
});

test('documents in any order tell the same story', () => {
  const forwards = storyOf(traceOf(...order()));
  const backwards = storyOf(traceOf(...order().reverse()));
  expect(outline(backwards.rows)).toEqual(outline(forwards.rows));
  expect(backwards.path).toEqual(forwards.path);
});

test('an invocation waits from its acceptance until its function begins', () => {
  const { rows } = storyOf(traceOf(...invocation('payment', 'gone', 30, 50, 550)));
  const [row] = rows;
  expect(row?.asked).toBe(micros(30));
  expect(row?.start).toBe(micros(50));
  expect(row?.end).toBe(micros(550));
  expect(row?.remark).toBe('its cause is not in the trace');
});

test('a refused delivery is a row of its own with the reason', () => {
  const documents = order().slice(0, 4);
  documents[3] = {
    ...documents[3],
    subsegments: [
      delivery('refused', 'payment', {
        fault: true,
        cause: { exceptions: [{ id: 'e', type: 'clew.Refused', message: 'no statement allows events.amazonaws.com' }] },
      }),
    ],
  };
  const rows = storyOf(traceOf(...documents)).rows;
  const refusal = [...walk(rows)].find(({ role }) => role === 'refusal');
  expect(refusal?.label).toBe('payment');
  expect(refusal?.remark).toBe('refused: no statement allows events.amazonaws.com (rule pay)');
});

test('an event that no rule wants is told', () => {
  const bus = entity('bus', 'Events', 0, 1, {
    origin: 'AWS::Events',
    metadata: { clew: { 'clew.events': [{ id: 'event-9', bus: 'orders', unmatched: true }] } },
  });
  const refusal = [...walk(storyOf(traceOf(bus)).rows)].find(({ role }) => role === 'refusal');
  expect(refusal?.remark).toBe('unmatched: no rule of bus orders wants it');
});

test('a fault is told where it happened, not by each caller', () => {
  const failing = entity('root', 'api', 0, 10, {
    fault: true,
    subsegments: [
      entity('inner', 'charge', 1, 9, {
        fault: true,
        cause: { exceptions: [{ id: 'x', type: 'CardError', message: 'declined' }] },
      }),
    ],
  });
  const rows = [...walk(storyOf(traceOf(failing)).rows)];
  expect(rows.map(({ remark }) => remark)).toEqual(['', 'fault: CardError: declined']);
});

test('siblings that say the same become one row that holds them', () => {
  const queries = Array.from({ length: 37 }, (_, index) => entity(`q${index}`, 'SELECT', index, index + 1));
  const [root] = storyOf(traceOf(entity('root', 'api', 0, 40, { subsegments: queries }))).rows;
  const [row] = root?.children ?? [];
  expect(root?.children).toHaveLength(1);
  expect(row?.count).toBe(37);
  expect(row?.children).toHaveLength(37);
  expect([row?.start, row?.end]).toEqual([micros(0), micros(37)]);
});

test('circles, doubles and what is no document do no harm', () => {
  const a = entity('a', 'a', 0, 5, { parent_id: 'b' });
  const b = entity('b', 'b', 1, 4, { parent_id: 'a' });
  const trace = traceOf(a, b, a);
  const broken = { ...trace, Segments: [...(trace.Segments ?? []), { Document: '[]' }, { Document: '{' }, {}] };
  expect([...walk(storyOf(broken).rows)].map(({ label }) => label)).toEqual(['a', 'b']);
});

test('nothing at all is an empty story', () => {
  const { rows, first, last, path } = storyOf({ Id: 'x', Segments: [] });
  expect([rows, first, last, path]).toEqual([[], 0, 0, []]);
});

test('five thousand subsegments are all there', () => {
  const documents = Array.from({ length: 50 }, (_, page) =>
    entity(`page${page}`, `service-${page}`, 0, 200, {
      parent_id: page === 0 ? undefined : 'page0',
      subsegments: Array.from({ length: 100 }, (_, index) =>
        entity(`s${page}-${index}`, `step ${index}`, index, index + 1),
      ),
    }),
  );
  expect([...walk(storyOf(traceOf(...documents)).rows)]).toHaveLength(5_050);
});

function* walk(rows: readonly Row[]): Generator<Row> {
  for (const row of rows) {
    yield row;
    yield* walk(row.children);
  }
}
