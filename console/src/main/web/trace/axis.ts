// SPDX-License-Identifier: Apache-2.0

/** The stretch of time that is drawn, in microseconds since the epoch. */
export interface View {
  readonly from: number;
  readonly to: number;
}

const STEPS = [1, 2, 5];

/** Times of round distance from `origin` within `view`, at most `most` of them. */
export function ticks(view: View, origin: number, most: number): number[] {
  const span = view.to - view.from;
  if (span <= 0 || most < 1) {
    return [];
  }
  const step = roundStep(span / most);
  const first = Math.ceil((view.from - origin) / step) * step;
  const found: number[] = [];
  for (let at = first; at <= view.to - origin; at += step) {
    found.push(origin + at);
  }
  return found;
}

/** The smallest of 1, 2, 5, 10, 20, 50, … that is not below `least`. */
export function roundStep(least: number): number {
  let power = 10 ** Math.floor(Math.log10(Math.max(least, 1)));
  for (;;) {
    const step = STEPS.find((candidate) => candidate * power >= least);
    if (step !== undefined) {
      return step * power;
    }
    power *= 10;
  }
}

/** Where `time` lies in `view`: 0 at its beginning, 1 at its end, unclamped. */
export function position(time: number, { from, to }: View): number {
  return to === from ? 0 : (time - from) / (to - from);
}

/** The part of [start, end] that lies in `view`, as fractions of it; undefined if none does. */
export function clip(start: number, end: number, view: View): { left: number; width: number } | undefined {
  const left = Math.max(0, position(start, view));
  const right = Math.min(1, position(end, view));
  return right < 0 || left > 1 || right < left ? undefined : { left, width: right - left };
}
