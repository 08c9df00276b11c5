// SPDX-License-Identifier: Apache-2.0
import type { Outcome } from '../format/outcome';
import { worse } from '../format/outcome';
import type { Row } from '../trace/row';
import type { Story } from '../trace/trace';

/** What one trace says of a piece of work: microseconds together, how often, how it ended. */
export interface Part {
  readonly micros: number;
  readonly times: number;
  readonly outcome: Outcome;
  /** The first row of it. */
  readonly key: string;
}

/** The same piece of work in two traces; undefined where it did not happen. */
export interface PairLine {
  readonly name: string;
  /** Of what it is a part: the names of the rows above, outermost first. */
  readonly within: readonly string[];
  readonly one: Part | undefined;
  readonly other: Part | undefined;
  /** Microseconds that the other took longer. */
  readonly more: number;
}

const SEPARATOR = '\u0000';

/** The work of both traces, joined by where it stands; what differs most comes first. */
export function pairOf(one: Story, other: Story): PairLine[] {
  const [a, b] = [partsOf(one.rows), partsOf(other.rows)];
  const lines = [...new Set([...a.keys(), ...b.keys()])].map((path) => {
    const names = path.split(SEPARATOR);
    const [left, right] = [a.get(path), b.get(path)];
    return {
      name: names.at(-1) ?? '',
      within: names.slice(0, -1),
      one: left,
      other: right,
      more: (right?.micros ?? 0) - (left?.micros ?? 0),
    };
  });
  return lines.sort((x, y) => Math.abs(y.more) - Math.abs(x.more));
}

/** Annotations that the two do not share, each with its values here and there. */
export function annotationsOf(one: Story, other: Story): Array<readonly [key: string, one: string, other: string]> {
  const [a, b] = [valuesOf(one), valuesOf(other)];
  return [...new Set([...a.keys(), ...b.keys()])]
    .sort()
    .map((key) => [key, a.get(key) ?? '', b.get(key) ?? ''] as const)
    .filter(([, left, right]) => left !== right);
}

function partsOf(rows: readonly Row[]): Map<string, Part> {
  const parts = new Map<string, Part>();
  const add = (row: Row, above: readonly string[]) => {
    const path = [...above, row.label];
    const at = path.join(SEPARATOR);
    const known = parts.get(at);
    const micros = (row.end ?? row.start) - row.start;
    parts.set(at, {
      micros: (known?.micros ?? 0) + micros,
      times: (known?.times ?? 0) + row.count,
      outcome: known ? worse(known.outcome, row.outcome) : row.outcome,
      key: known?.key ?? row.key,
    });
    for (const child of row.children) {
      add(child, path);
    }
  };
  for (const row of rows) {
    add(row, []);
  }
  return parts;
}

function valuesOf({ rows }: Story): Map<string, string> {
  const values = new Map<string, Set<string>>();
  const collect = (row: Row) => {
    for (const [key, value] of row.entities.flatMap(({ annotations }) => [...annotations])) {
      values.set(key, (values.get(key) ?? new Set()).add(value));
    }
    row.children.forEach(collect);
  };
  rows.forEach(collect);
  return new Map([...values].map(([key, found]) => [key, [...found].sort().join(', ')]));
}
