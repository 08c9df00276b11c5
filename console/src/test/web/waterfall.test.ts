// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { clip, position, roundStep, ticks } from '../../main/web/trace/axis';
import { documentTree } from '../../main/web/trace/documentTree';
import { storyOf } from '../../main/web/trace/trace';
import { visibleRows } from '../../main/web/trace/visible';
import { viewOf, zoomText } from '../../main/web/trace/zoom';
import { entity, order, traceOf } from './documents';

test.each([
  [1, 1],
  [1.1, 2],
  [3, 5],
  [6, 10],
  [1_200, 2_000],
  [99_000, 100_000],
])('the round step that is not below %d is %d', (least, step) => {
  expect(roundStep(least)).toBe(step);
});

test('ticks stand at round distances from the origin, wherever the view begins', () => {
  expect(ticks({ from: 1_000, to: 1_590 }, 1_000, 6)).toEqual([1_000, 1_100, 1_200, 1_300, 1_400, 1_500]);
  expect(ticks({ from: 1_230, to: 1_590 }, 1_000, 4)).toEqual([1_300, 1_400, 1_500]);
  expect(ticks({ from: 5, to: 5 }, 0, 4)).toEqual([]);
});

test('bars are clipped to the view', () => {
  const view = { from: 100, to: 300 };
  expect(position(200, view)).toBe(0.5);
  expect(clip(150, 250, view)).toEqual({ left: 0.25, width: 0.5 });
  expect(clip(0, 200, view)).toEqual({ left: 0, width: 0.5 });
  expect(clip(0, 50, view)).toBeUndefined();
  expect(clip(300, 400, view)).toEqual({ left: 1, width: 0 });
});

test('a zoom survives in the address', () => {
  const trace = { first: 1_000_000, last: 1_600_000 };
  const view = { from: 1_100_000, to: 1_250_000 };
  expect(zoomText(view, trace)).toBe('100000~250000');
  expect(viewOf('100000~250000', trace)).toEqual(view);
  expect(viewOf('nonsense', trace)).toEqual(viewOf('', trace));
  expect(zoomText({ from: 5, to: 6 }, trace)).toBeUndefined();
});

test('a folded row hides what is below, and only that', () => {
  const { rows } = storyOf(traceOf(...order()));
  const all = visibleRows(rows, new Set());
  expect(all.map(({ depth }) => depth)).toEqual([0, 1, 2, 3, 4, 5]);
  const folded = visibleRows(rows, new Set(['process']));
  expect(folded.map(({ row }) => row.label)).toEqual(['orders-api/prod', 'order', 'process_order']);
  expect(folded.at(-1)).toMatchObject({ folded: true, place: 1, siblings: 1, parent: 1 });
});

test('rows that repeat each other begin folded', () => {
  const children = Array.from({ length: 4 }, (_, index) => entity(`q${index}`, 'SELECT', index, index + 1));
  const { rows } = storyOf(traceOf(entity('root', 'api', 0, 9, { subsegments: children })));
  expect(visibleRows(rows, new Set())).toHaveLength(2);
  expect(visibleRows(rows, new Set(['q0×']))).toHaveLength(6);
});

test('the documents as sent are every segment and subsegment', () => {
  const { documents } = storyOf(traceOf(...order()));
  const labels: string[] = [];
  const collect = (rows: ReturnType<typeof documentTree>) =>
    rows.forEach((row) => {
      labels.push(row.label);
      collect([...row.children]);
    });
  collect(documentTree(documents));
  expect(labels).toContain('Overhead');
  expect(labels).toContain('Dwell Time');
  expect(labels).toHaveLength(17);
});
