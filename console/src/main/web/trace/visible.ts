// SPDX-License-Identifier: Apache-2.0
import type { Row } from './row';

/** A row that is not hidden in a folded one. */
export interface VisibleRow {
  readonly row: Row;
  readonly depth: number;
  readonly folded: boolean;
  /** Its place among its siblings, from 1, and how many they are. */
  readonly place: number;
  readonly siblings: number;
  /** Index of the row it stands under; -1 for roots. */
  readonly parent: number;
}

/** Rows that repeat each other begin folded, all others open; `turned` holds those that were turned since. */
export function visibleRows(rows: readonly Row[], turned: ReadonlySet<string>): VisibleRow[] {
  const visible: VisibleRow[] = [];
  const add = (siblings: readonly Row[], depth: number, parent: number) => {
    siblings.forEach((row, index) => {
      const folded = row.children.length > 0 && row.count > 1 !== turned.has(row.key);
      const at = visible.length;
      visible.push({ row, depth, folded, place: index + 1, siblings: siblings.length, parent });
      if (!folded) {
        add(row.children, depth + 1, at);
      }
    });
  };
  add(rows, 0, -1);
  return visible;
}
