// SPDX-License-Identifier: Apache-2.0
import type { Histogram } from '../map/graph';
import { percentile } from '../map/percentile';
import type { TraceLine } from './line';

/** Traces that share a value. */
export interface Group {
  readonly value: string;
  readonly count: number;
  /** Those that failed, wherever. */
  readonly failed: number;
  /** Seconds; undefined if none has ended. */
  readonly p50: number | undefined;
  readonly p95: number | undefined;
}

/** What traces may be grouped by, without their annotations. */
export const FIELDS = ['outcome', 'entry point', 'service', 'user', 'URL', 'status'] as const;

export function annotationKeys(lines: readonly TraceLine[]): string[] {
  return [...new Set(lines.flatMap(({ annotations }) => annotations.map(([key]) => key)))].sort();
}

/** The traces by `field`, the largest group first; one with several values is in each of their groups. */
export function breakdown(lines: readonly TraceLine[], field: string): Group[] {
  const groups = new Map<string, TraceLine[]>();
  for (const line of lines) {
    for (const value of new Set(valuesOf(line, field))) {
      groups.set(value, [...(groups.get(value) ?? []), line]);
    }
  }
  return [...groups]
    .map(([value, members]) => {
      const times = timesOf(members);
      return {
        value,
        count: members.length,
        failed: members.filter((line) => line.inside || !['ok', 'in progress'].includes(line.outcome)).length,
        p50: percentile(times, 0.5),
        p95: percentile(times, 0.95),
      };
    })
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

export function timesOf(lines: readonly TraceLine[]): Histogram {
  return lines.flatMap(({ duration }) => (duration === undefined ? [] : { value: duration, count: 1 }));
}

function valuesOf(line: TraceLine, field: string): readonly string[] {
  switch (field) {
    case 'outcome':
      return [line.inside ? 'failure inside' : line.outcome];
    case 'entry point':
      return [line.entry];
    case 'service':
      return line.services;
    case 'user':
      return line.users;
    case 'URL':
      return [line.what];
    case 'status':
      return line.status === undefined ? [] : [String(line.status)];
    default: {
      const key = field.replace(/^annotation /, '');
      return line.annotations.filter(([name]) => name === key).map(([, value]) => value);
    }
  }
}

/** How many traces ended how, in stretches of equal length. */
export interface OverTime {
  /** Seconds since the epoch, the middle of each stretch. */
  readonly times: number[];
  readonly failed: number[];
  readonly all: number[];
}

export function overTime(lines: readonly TraceLine[], from: number, to: number, parts: number): OverTime {
  const step = Math.max(1, (to - from) / parts);
  const times = Array.from({ length: parts }, (_, index) => (from + (index + 0.5) * step) / 1_000);
  const failed = new Array<number>(parts).fill(0);
  const all = new Array<number>(parts).fill(0);
  for (const line of lines) {
    const at = Math.floor((line.start - from) / step);
    if (at >= 0 && at < parts) {
      all[at] = (all[at] ?? 0) + 1;
      if (line.inside || !['ok', 'in progress'].includes(line.outcome)) {
        failed[at] = (failed[at] ?? 0) + 1;
      }
    }
  }
  return { times, failed, all };
}
