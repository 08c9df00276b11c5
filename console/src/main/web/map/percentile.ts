// SPDX-License-Identifier: Apache-2.0
import type { Histogram } from './graph';

/** The seconds that a share of the calls stayed within; undefined if there were none. */
export function percentile(times: Histogram, share: number): number | undefined {
  const sorted = [...times].sort((a, b) => a.value - b.value);
  const all = sorted.reduce((sum, { count }) => sum + count, 0);
  let seen = 0;
  for (const { value, count } of sorted) {
    seen += count;
    if (seen > 0 && seen >= share * all) {
      return value;
    }
  }
  return undefined;
}

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** The histogram in bins of equal ratio, so that 1 ms and 10 s can be read in one picture. */
export function bins(times: Histogram, most: number): Bin[] {
  const values = times.filter(({ count }) => count > 0);
  if (values.length === 0) {
    return [];
  }
  const least = Math.max(0.0005, Math.min(...values.map(({ value }) => value)));
  const largest = Math.max(least * 1.2, ...values.map(({ value }) => value));
  const ratio = (largest / least) ** (1 / most) * (1 + 1e-9);
  const counts = new Array<number>(most).fill(0);
  for (const { value, count } of values) {
    const at = Math.floor(Math.log(Math.max(value, least) / least) / Math.log(ratio));
    const index = Math.min(most - 1, Math.max(0, at));
    counts[index] = (counts[index] ?? 0) + count;
  }
  return counts.map((count, index) => ({ from: least * ratio ** index, to: least * ratio ** (index + 1), count }));
}
