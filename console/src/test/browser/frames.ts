// SPDX-License-Identifier: Apache-2.0
import type { Page } from 'playwright-core';

/** How long frames took, in milliseconds. */
export interface Frames {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly worst: number;
}

/** Frame times, from one animation frame to the next, while `act` goes on; each step of it waits for its frame. */
export async function framesWhile(page: Page, act: () => Promise<void>): Promise<Frames> {
  await page.evaluate(START);
  await act();
  const times = ((await page.evaluate(STOP)) as number[]).sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  return { count: times.length, p50: at(0.5), p95: at(0.95), worst: at(1) };
}

export function spoken(what: string, { count, p50, p95, worst }: Frames): string {
  const ms = (value: number) => `${value.toFixed(1).padStart(6)} ms`;
  return `${what.padEnd(46)} p50 ${ms(p50)}  p95 ${ms(p95)}  worst ${ms(worst)}  (${count} frames)`;
}

/** Moves a held mouse from `from` by `by`, over so many steps. */
export async function drag(page: Page, from: Point, by: Point, steps: number): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let step = 1; step <= steps; step++) {
    await page.mouse.move(from.x + (by.x * step) / steps, from.y + (by.y * step) / steps);
  }
  await page.mouse.up();
}

export async function wheel(page: Page, at: Point, by: number, steps: number): Promise<void> {
  await page.mouse.move(at.x, at.y);
  for (let step = 0; step < steps; step++) {
    await page.mouse.wheel(0, by);
  }
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

const START = `(() => {
  const times = [];
  let before;
  let on = true;
  const frame = (now) => {
    if (before !== undefined) {
      times.push(now - before);
    }
    before = now;
    if (on) {
      requestAnimationFrame(frame);
    }
  };
  requestAnimationFrame(frame);
  window.stopFrames = () => ((on = false), times);
})()`;

const STOP = 'window.stopFrames()';
