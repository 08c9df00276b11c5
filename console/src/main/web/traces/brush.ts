// SPDX-License-Identifier: Apache-2.0
import type { TraceLine } from './line';

/** What was brushed in the scatter: a stretch of time in milliseconds, and of durations in seconds. */
export interface Brush {
  readonly from: number;
  readonly to: number;
  readonly least: number;
  readonly most: number;
}

export function brushOf(text: string): Brush | undefined {
  const numbers = text.split('~').map(Number);
  const [from = 0, to = 0, least = 0, most = 0] = numbers;
  return numbers.length === 4 && numbers.every(Number.isFinite) && from < to && least < most
    ? { from, to, least, most }
    : undefined;
}

export function textOf({ from, to, least, most }: Brush): string {
  return [Math.round(from), Math.round(to), least.toPrecision(4), most.toPrecision(4)].join('~');
}

export function brushed(line: TraceLine, brush: Brush): boolean {
  const { duration } = line;
  return (
    line.start >= brush.from &&
    line.start <= brush.to &&
    duration !== undefined &&
    duration >= brush.least &&
    duration <= brush.most
  );
}
