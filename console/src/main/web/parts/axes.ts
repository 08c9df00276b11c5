// SPDX-License-Identifier: Apache-2.0
import type uPlot from 'uplot';
import { duration } from '../format/numbers';

const FONT = '11px system-ui, sans-serif';

export function timeAxis(color: (name: string) => string): uPlot.Axis {
  return {
    stroke: color('ink-3'),
    font: FONT,
    size: 26,
    gap: 4,
    grid: { stroke: color('line'), width: 1 },
    ticks: { show: false },
    space: 90,
    values: (_, splits) =>
      splits.map((at) => new Date(at * 1_000).toLocaleTimeString(undefined, { hourCycle: 'h23', timeStyle: 'short' })),
  };
}

/** Durations in seconds on a logarithmic scale, spoken: one line for each power of ten. */
export function durationAxis(color: (name: string) => string): uPlot.Axis {
  return {
    stroke: color('ink-3'),
    font: FONT,
    size: 62,
    gap: 4,
    grid: { stroke: color('line'), width: 1 },
    ticks: { show: false },
    space: 24,
    splits: (_, __, least, most) => powersOfTen(least, most),
    values: (_, splits) => splits.map((value) => (value === null ? '' : duration(value * 1_000_000))),
  };
}

function powersOfTen(least: number, most: number): number[] {
  const first = Math.ceil(Math.log10(least) - 1e-9);
  const last = Math.floor(Math.log10(most) + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => 10 ** (first + index));
}
