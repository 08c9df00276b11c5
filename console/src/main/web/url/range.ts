// SPDX-License-Identifier: Apache-2.0
import { useMemo } from 'react';
import { setParams, usePlace } from './place';

/** Which time a page is about: the last minutes, or a fixed stretch. */
export type Range =
  | { readonly kind: 'last'; readonly minutes: number }
  | { readonly kind: 'between'; readonly from: number; readonly to: number };

/** Milliseconds since the epoch, `from` included, `to` not. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export const CHOICES = [5, 15, 60, 180, 360, 1_440];
const OTHERWISE = 15;
const MINUTE = 60_000;
const UNITS: Record<string, number> = { m: 1, h: 60, d: 1_440 };
const MOST_MINUTES = 30 * 1_440;

/** How often a live page asks again, in milliseconds. */
export const LIVE_EVERY = 3_000;

export function rangeOf(params: URLSearchParams): Range {
  const from = Date.parse(params.get('from') ?? '');
  const to = Date.parse(params.get('to') ?? '');
  if (from < to) {
    return { kind: 'between', from, to };
  }
  const [, number, unit] = /^(\d{1,5})([mhd])$/.exec(params.get('range') ?? '') ?? [];
  const minutes = Number(number) * (UNITS[unit ?? ''] ?? 0);
  return { kind: 'last', minutes: minutes > 0 ? Math.min(minutes, MOST_MINUTES) : OTHERWISE };
}

/** `range` seen at `now`. What has just happened may carry a time a moment ahead, so that the end is a little later. */
export function stretchAt(range: Range, now: number): Stretch {
  return range.kind === 'between' ? range : { from: now - range.minutes * MINUTE, to: now + 1_000 };
}

export function paramsOf(range: Range): Record<string, string | undefined> {
  return range.kind === 'between'
    ? { range: undefined, from: new Date(range.from).toISOString(), to: new Date(range.to).toISOString() }
    : { range: range.minutes === OTHERWISE ? undefined : token(range.minutes), from: undefined, to: undefined };
}

export function token(minutes: number): string {
  return minutes % 1_440 === 0 ? `${minutes / 1_440}d` : minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}

export function spoken(minutes: number): string {
  return `last ${minutes < 60 ? `${minutes} min` : `${minutes / 60} h`}`;
}

export interface Watch {
  readonly range: Range;
  /** Equal for equal ranges: part of the key of everything that is asked for. */
  readonly key: string;
  readonly live: boolean;
  /** For `refetchInterval`. */
  readonly every: number | false;
}

/** The chosen range and whether the page follows what happens; a fixed stretch never does. */
export function useWatch(): Watch {
  const { params } = usePlace();
  return useMemo(() => {
    const range = rangeOf(params);
    const live = range.kind === 'last' && params.get('live') !== 'off';
    const key = range.kind === 'last' ? `last ${range.minutes}` : `${range.from}/${range.to}`;
    return { range, key, live, every: live ? LIVE_EVERY : false };
  }, [params]);
}

export function chooseRange(range: Range): void {
  setParams(paramsOf(range), 'push');
}

export function setLive(live: boolean): void {
  setParams({ live: live ? undefined : 'off' });
}
