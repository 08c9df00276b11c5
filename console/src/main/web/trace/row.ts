// SPDX-License-Identifier: Apache-2.0
import type { Outcome } from '../format/outcome';
import type { Entity } from './entity';
import { remarkOf } from './remarks';

/**
 * What a row means for layout and the critical path: a service of its own, an event bus between services, work inside a
 * service, or a delivery that did not reach anybody.
 */
export type Role = 'hop' | 'bus' | 'step' | 'refusal';

/** One line of a trace's story: one or several entities that a person thinks of as one piece of work. */
export interface Row {
  /** Unique within the trace, and the same when it is read again. */
  readonly key: string;
  readonly label: string;
  /** `stage`, `lambda`, `bus` and so on; "" for local work. */
  readonly kind: string;
  readonly role: Role;
  /** The worst of its entities. */
  readonly outcome: Outcome;
  /** When it was asked for, in microseconds since the epoch; equal to `start` if it began at once. */
  readonly asked: number;
  readonly start: number;
  /** Undefined while in progress. */
  readonly end: number | undefined;
  /** How many like siblings this row stands for. */
  readonly count: number;
  /** Worth showing beside it. */
  readonly facts: ReadonlyMap<string, string>;
  /** Why it is not ok, or something odd about it; "" if nothing. */
  readonly remark: string;
  readonly children: readonly Row[];
  /** What it is made of, the first the most telling. */
  readonly entities: readonly Entity[];
}

/** Work that began when it was asked for. */
export function rowOf(label: string, kind: string, role: Role, entity: Entity, children: readonly Row[]): Row {
  return {
    key: entity.id,
    label,
    kind,
    role,
    outcome: entity.outcome,
    asked: entity.start,
    start: entity.start,
    end: entity.end,
    count: 1,
    facts: entity.annotations,
    remark: remarkOf(entity),
    children,
    entities: [entity],
  };
}

/** When this and everything it caused had ended; its start if nothing did. */
export function lastEnd(row: Row): number {
  return row.children.reduce((last, child) => Math.max(last, lastEnd(child)), row.end ?? row.start);
}

export function* flatten(rows: readonly Row[]): Generator<Row> {
  for (const row of rows) {
    yield row;
    yield* flatten(row.children);
  }
}
