// SPDX-License-Identifier: Apache-2.0
import { INITIALIZATION } from './remarks';
import { lastEnd, type Row } from './row';

/** A stretch of the chain of work and waiting that made a trace last as long as it did. */
export interface Step {
  /** The hop that worked, or what was waited for. */
  readonly name: string;
  /** Whether no hop worked. */
  readonly idle: boolean;
  /** The row it belongs to. */
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

const WAIT = 'wait';
const COLD_START = 'cold start';
/** A shorter wait than this share of the whole is no news and belongs to the work around it. */
const NEWSWORTHY = 0.005;

/**
 * The steps in order of time: walked back from the trace's last end, each time to whatever ended last before. Shortening
 * anything else would not have shortened the whole.
 */
export function criticalPath(roots: readonly Row[]): Step[] {
  const hops = roots.filter((root) => root.role === 'hop');
  const root = hops.reduce<Row | undefined>(
    (last, row) => (last && lastEnd(last) >= lastEnd(row) ? last : row),
    undefined,
  );
  const steps: Step[] = [];
  if (root) {
    walk(root, lastEnd(root), steps);
  }
  return steps.reverse();
}

/** The same with neighbours of one name joined and waits that are no news left out: what a sentence tells. */
export function summarised(steps: readonly Step[]): Step[] {
  const total = steps.reduce((sum, step) => sum + step.to - step.from, 0);
  const joined: Step[] = [];
  for (const step of steps) {
    const before = joined.at(-1);
    const brief = step.name === WAIT && step.to - step.from < total * NEWSWORTHY;
    if (before && (brief || before.name === step.name)) {
      joined[joined.length - 1] = { ...before, to: before.to + step.to - step.from };
    } else {
      joined.push(step);
    }
  }
  return joined;
}

/** Adds, latest first, what `hop` and the hops below it did up to `until`. */
function walk(hop: Row, until: number, steps: Step[]): void {
  const add = (name: string, from: number, to: number, idle: boolean) => {
    if (to > from) {
      steps.push({ name, idle, key: hop.key, from, to });
    }
  };
  let cursor = until;
  for (const { row, accepted } of callsOf(hop)) {
    const end = lastEnd(row);
    if (end > cursor || row.asked >= cursor || row.asked < hop.start) {
      continue;
    }
    add(hop.label, end, cursor, false);
    walk(row, end, steps);
    cursor = row.asked;
    if (accepted < cursor && accepted >= hop.start) {
      add(WAIT, accepted, cursor, true);
      cursor = accepted;
    }
  }
  const begin = Math.min(hop.start, cursor);
  const ready = Math.min(Math.max(initialized(hop), begin), cursor);
  add(hop.label, ready, cursor, false);
  add(COLD_START, begin, ready, true);
  add(WAIT, hop.asked, begin, true);
}

/** When the environment that was started for `hop` was ready; the earliest time if none was. */
function initialized(hop: Row): number {
  return hop.children
    .filter((child) => child.label === INITIALIZATION && child.start >= hop.asked)
    .reduce((last, child) => Math.max(last, lastEnd(child)), Number.NEGATIVE_INFINITY);
}

/** A hop below another, and when the bus between them had answered; later than any start if there is none. */
interface Call {
  readonly row: Row;
  readonly accepted: number;
}

function callsOf(hop: Row): Call[] {
  const calls: Call[] = [];
  const collect = (row: Row, viaBus: boolean) => {
    const accepted = viaBus && row.end !== undefined ? row.end : Number.POSITIVE_INFINITY;
    for (const child of row.children) {
      if (child.role === 'hop') {
        calls.push({ row: child, accepted });
      } else {
        collect(child, child.role === 'bus');
      }
    }
  };
  collect(hop, false);
  return calls.sort((a, b) => lastEnd(b.row) - lastEnd(a.row));
}
