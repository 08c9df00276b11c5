// SPDX-License-Identifier: Apache-2.0
import type { SamplingStatisticSummary } from '../api/sampling';

export interface Totals {
  readonly requests: number;
  readonly sampled: number;
}

/** What each rule decided over all the windows that are kept. */
export function totalsOf(statistics: readonly SamplingStatisticSummary[]): Map<string, Totals> {
  const totals = new Map<string, Totals>();
  for (const { RuleName = '', RequestCount = 0, SampledCount = 0 } of statistics) {
    const { requests = 0, sampled = 0 } = totals.get(RuleName) ?? {};
    totals.set(RuleName, { requests: requests + RequestCount, sampled: sampled + SampledCount });
  }
  return totals;
}
