// SPDX-License-Identifier: Apache-2.0
import { useMemo } from 'react';
import { outcomeClass } from '../format/outcome';
import { clip, type View } from './axis';
import { flatten, type Row } from './row';
import type { Story } from './trace';
import { useDragZoom } from './useDragZoom';
import { viewOf } from './zoom';

interface MinimapProps {
  readonly story: Story;
  readonly rows: readonly Row[];
  readonly view: View;
  readonly onZoom: (view: View | undefined) => void;
}

const HEIGHT = 30;
/** More could not be told apart. */
const MOST = 300;

/** The whole trace in one glance, and which part of it is shown. */
export function Minimap({ story, rows, view, onZoom }: MinimapProps) {
  const whole = useMemo(() => viewOf('', story), [story]);
  const bars = useMemo(() => {
    const all = [...flatten(rows)];
    const every = Math.ceil(all.length / MOST);
    return all.filter((_, index) => index % every === 0);
  }, [rows]);
  const thickness = Math.min(3, HEIGHT / Math.max(1, bars.length));
  const drawn = useMemo(
    () =>
      bars.map((row, index) => {
        const part = clip(row.start, row.end ?? story.last, whole);
        return (
          part && (
            <rect
              key={row.key}
              className={`${outcomeClass(row.outcome)} role-${row.role}`}
              x={part.left}
              y={(index * HEIGHT) / Math.max(1, bars.length)}
              width={Math.max(part.width, 0.002)}
              height={thickness}
            />
          )
        );
      }),
    [bars, thickness, whole, story.last],
  );
  const { handlers, marked } = useDragZoom(whole, onZoom);
  const shown = marked ?? clip(view.from, view.to, whole);
  return (
    <div className="minimap" {...handlers} aria-hidden="true">
      <svg viewBox={`0 0 1 ${HEIGHT}`} preserveAspectRatio="none">
        {drawn}
      </svg>
      {shown && <i style={{ left: `${100 * shown.left}%`, width: `${100 * shown.width}%` }} />}
    </div>
  );
}
