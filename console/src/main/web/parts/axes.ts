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

/** Durations in seconds, spoken. */
export function durationAxis(color: (name: string) => string): uPlot.Axis {
  return {
    stroke: color('ink-3'),
    font: FONT,
    size: 62,
    gap: 4,
    grid: { stroke: color('line'), width: 1 },
    ticks: { show: false },
    space: 24,
    values: (_, splits) => splits.map((value) => (value === null ? '' : duration(value * 1_000_000))),
  };
}
