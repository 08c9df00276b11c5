// SPDX-License-Identifier: Apache-2.0
import { groupBy } from '../format/groups';
import { lastEnd, type Row } from './row';

/** As many may stand side by side; more are one row. */
const FEW = 3;

/** Siblings that say the same many times become one row that says how many, and holds them for who wants to see. */
export function collapse(siblings: readonly Row[]): Row[] {
  const groups = groupBy(siblings, likeness);
  return siblings.flatMap((row) => {
    const group = groups.get(likeness(row)) ?? [row];
    if (group.length <= FEW) {
      return [{ ...row, children: collapse(row.children) }];
    }
    return group[0] === row ? [gathered(row, group)] : [];
  });
}

function likeness({ label, kind, role, outcome, remark }: Row): string {
  return JSON.stringify([label, kind, role, outcome, remark]);
}

function gathered(first: Row, group: readonly Row[]): Row {
  const start = Math.min(...group.map((row) => row.start));
  return {
    ...first,
    key: `${first.key}×`,
    asked: start,
    start,
    end: group.some((row) => row.end === undefined) ? undefined : Math.max(...group.map(lastEnd)),
    count: group.reduce((total, row) => total + row.count, 0),
    facts: new Map(),
    children: group.map((row) => ({ ...row, children: collapse(row.children) })),
    entities: group.flatMap((row) => row.entities.slice(0, 1)),
  };
}
