// SPDX-License-Identifier: Apache-2.0
import { position, type View } from './axis';
import type { VisibleRow } from './visible';

interface HopsProps {
  readonly visible: readonly VisibleRow[];
  /** The rows in view. */
  readonly first: number;
  readonly last: number;
  readonly view: View;
  readonly width: number;
}

const ROW_HEIGHT = 26;

/** Arrows from an event bus to what its events set going: causality that no nesting shows. */
export function Hops({ visible, first, last, view, width }: HopsProps) {
  const arrows: Array<{ key: string; path: string }> = [];
  for (let index = first; index <= last; index++) {
    const line = visible[index];
    const parent = line && visible[line.parent];
    if (line && parent?.row.role === 'bus' && line.row.role === 'hop') {
      const x = clamped(position(line.row.asked, view)) * width;
      const from = (line.parent + 0.5) * ROW_HEIGHT;
      const to = (index + 0.5) * ROW_HEIGHT;
      arrows.push({ key: line.row.key, path: `M${x - 5} ${from + 5}V${to - 4}q0 4 4 4h1` });
    }
  }
  return (
    <svg className="hops" width={width} height={visible.length * ROW_HEIGHT} aria-hidden="true">
      {arrows.map(({ key, path }) => (
        <path key={key} d={path} />
      ))}
    </svg>
  );
}

function clamped(fraction: number): number {
  return Math.min(1, Math.max(0, fraction));
}
