// SPDX-License-Identifier: Apache-2.0
import { type Counts, total } from './graph';

export interface Arc {
  readonly outcome: 'ok' | 'error' | 'throttle' | 'fault';
  /** Where it begins and how long it is, as shares of the whole ring. */
  readonly from: number;
  readonly share: number;
}

const ORDER = ['ok', 'error', 'throttle', 'fault'] as const;

/** A ring that shows which share of the calls ended how. */
export function arcs(counts: Counts): Arc[] {
  const all = total(counts);
  let from = 0;
  return ORDER.flatMap((outcome) => {
    const share = all === 0 ? 0 : counts[outcome] / all;
    const arc = { outcome, from, share };
    from += share;
    return share > 0 ? arc : [];
  });
}

const SMALLEST = 44;
export const LARGEST = 76;

/** A node's diameter: it grows with the magnitude of its traffic, against the busiest of the map. */
export function diameter(calls: number, busiest: number): number {
  const weight = busiest <= 1 ? 0.4 : Math.log1p(calls) / Math.log1p(busiest);
  return Math.round(SMALLEST + (LARGEST - SMALLEST) * Math.min(1, weight));
}

/** An edge's width: 1.5 to 6. */
export function thickness(calls: number, busiest: number): number {
  return 1.5 + 4.5 * (busiest <= 0 ? 0 : Math.sqrt(calls / busiest));
}
