// SPDX-License-Identifier: Apache-2.0
import { type PointerEvent, useState } from 'react';
import type { View } from './axis';

/** A drag of fewer pixels is a click. */
const CLICK = 4;

interface Drag {
  readonly from: number;
  readonly to: number;
}

/**
 * Handlers for dragging a stretch of time over an element that shows `shown`; `drag` is what is dragged now, as fractions
 * of the element.
 */
export function useDragZoom(shown: View, onZoom: (view: View | undefined) => void) {
  const [drag, setDrag] = useState<Drag>();
  const fraction = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - left) / width));
  };
  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      setDrag({ from: fraction(event), to: fraction(event) });
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (drag) {
        setDrag({ ...drag, to: fraction(event) });
      }
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      if (drag) {
        const [a, b] = [drag.from, fraction(event)].sort((x, y) => x - y) as [number, number];
        const span = shown.to - shown.from;
        if ((b - a) * event.currentTarget.clientWidth >= CLICK) {
          onZoom({ from: shown.from + a * span, to: shown.from + b * span });
        }
        setDrag(undefined);
      }
    },
    onPointerCancel: () => setDrag(undefined),
    onDoubleClick: () => onZoom(undefined),
  };
  const marked = drag && { left: Math.min(drag.from, drag.to), width: Math.abs(drag.to - drag.from) };
  return { handlers, marked };
}
