// SPDX-License-Identifier: Apache-2.0
import { duration } from '../format/numbers';
import { position, ticks, type View } from './axis';
import { useDragZoom } from './useDragZoom';

interface TimeAxisProps {
  readonly view: View;
  readonly origin: number;
  readonly width: number;
  readonly onZoom: (view: View | undefined) => void;
}

const PIXELS_PER_TICK = 90;

/** Time since the trace began. Dragging zooms, a double click shows the whole again. */
export function TimeAxis({ view, origin, width, onZoom }: TimeAxisProps) {
  const { handlers, marked } = useDragZoom(view, onZoom);
  return (
    <div className="time-axis" {...handlers} title="Drag to zoom, double-click for the whole">
      {ticks(view, origin, Math.max(2, Math.floor(width / PIXELS_PER_TICK))).map((at) => (
        <span key={at} style={{ left: `${100 * position(at, view)}%` }}>
          {at === origin ? '0' : duration(at - origin)}
        </span>
      ))}
      {marked && <i style={{ left: `${100 * marked.left}%`, width: `${100 * marked.width}%` }} />}
    </div>
  );
}
