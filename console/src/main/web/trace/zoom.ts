// SPDX-License-Identifier: Apache-2.0
import type { View } from './axis';

interface Extent {
  readonly first: number;
  readonly last: number;
}

/** A little air after the last end, so that its label has room. */
const AIR = 0.01;
const LEAST = 10;

/** The stretch that a zoom, microseconds from the trace's beginning as `from~to`, asks for; the whole without one. */
export function viewOf(zoom: string, { first, last }: Extent): View {
  const [from = Number.NaN, to = Number.NaN] = zoom === '' ? [] : zoom.split('~').map(Number);
  if (to - from >= LEAST) {
    return { from: first + from, to: first + to };
  }
  const span = Math.max(last - first, LEAST);
  return { from: first, to: first + span * (1 + AIR) };
}

export function zoomText(view: View, { first }: Extent): string | undefined {
  return view.to - view.from < LEAST ? undefined : `${Math.round(view.from - first)}~${Math.round(view.to - first)}`;
}
