// SPDX-License-Identifier: Apache-2.0

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { groupBy } from '../format/groups';
import { useSize } from '../parts/useSize';
import { useParam } from '../url/place';
import type { View } from './axis';
import type { Step } from './criticalPath';
import { Hops } from './Hops';
import { Minimap } from './Minimap';
import type { Row } from './row';
import { TimeAxis } from './TimeAxis';
import type { Story } from './trace';
import { useKeys } from './useKeys';
import { visibleRows } from './visible';
import { WaterfallRow } from './WaterfallRow';
import { viewOf, zoomText } from './zoom';

interface WaterfallProps {
  readonly story: Story;
  readonly rows: readonly Row[];
  readonly path: readonly Step[];
  readonly chosen: string;
  readonly onChoose: (key: string) => void;
  readonly onTogglePath: () => void;
  readonly onHelp: () => void;
}

export const ROW_HEIGHT = 26;

/** The rows of a trace over its time; any number of them, since only those in view exist. */
export function Waterfall({ story, rows, path, chosen, onChoose, onTogglePath, onHelp }: WaterfallProps) {
  const [zoom, setZoom] = useParam('zoom');
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const scroller = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const { width } = useSize(head);
  const view = useMemo(() => viewOf(zoom, story), [zoom, story]);
  const visible = useMemo(() => visibleRows(rows, turned), [rows, turned]);
  const steps = useMemo(() => groupBy(path, (step) => step.key), [path]);
  const at = Math.max(
    0,
    visible.findIndex(({ row }) => row.key === chosen),
  );
  const virtual = useVirtualizer({
    count: visible.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 20,
  });
  useEffect(() => virtual.scrollToIndex(at, { align: 'auto' }), [at, virtual]);

  const turn = (key: string) => {
    const next = new Set(turned);
    if (!next.delete(key)) {
      next.add(key);
    }
    setTurned(next);
  };
  const choose = (index: number) => {
    const next = visible[Math.min(Math.max(index, 0), visible.length - 1)];
    if (next) {
      onChoose(next.row.key);
    }
  };
  const here = visible[at];
  const unfold = () => (here?.folded ? turn(here.row.key) : here && here.row.children.length > 0 && choose(at + 1));
  const fold = () => {
    if (here && here.row.children.length > 0 && !here.folded) {
      turn(here.row.key);
    } else if (here && here.parent >= 0) {
      choose(here.parent);
    }
  };
  const nextFault = () => {
    const failed = (index: number) => {
      const row = visible[index % visible.length]?.row;
      return row && row.outcome !== 'ok' && row.outcome !== 'in progress' && row.remark !== '';
    };
    const step = visible.findIndex((_, index) => failed(at + 1 + index));
    if (step >= 0) {
      choose((at + 1 + step) % visible.length);
    }
  };
  useKeys({
    j: () => choose(at + 1),
    ArrowDown: () => choose(at + 1),
    k: () => choose(at - 1),
    ArrowUp: () => choose(at - 1),
    ArrowRight: () => void unfold(),
    ArrowLeft: fold,
    e: nextFault,
    c: onTogglePath,
    '0': () => setZoom(undefined),
    '?': onHelp,
  });
  const onZoom = (next: View | undefined) => setZoom(next && zoomText(next, story));
  const items = virtual.getVirtualItems();
  return (
    <section className="waterfall" aria-label="Waterfall">
      <div className="waterfall-head">
        <span className="quiet">{visible.length === 1 ? '1 row' : `${visible.length} rows`}</span>
        <div ref={head}>
          <Minimap story={story} rows={rows} view={view} onZoom={onZoom} />
          <TimeAxis view={view} origin={story.first} width={width} onZoom={onZoom} />
        </div>
      </div>
      <div
        className="waterfall-rows"
        ref={scroller}
        role="tree"
        aria-label="Rows of the trace"
        tabIndex={0}
        aria-activedescendant={here ? `row-${here.row.key}` : undefined}
      >
        <div className="waterfall-sheet" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const line = visible[index];
            return (
              line && (
                <WaterfallRow
                  key={line.row.key}
                  line={line}
                  top={start}
                  view={view}
                  steps={steps.get(line.row.key)}
                  chosen={index === at}
                  onChoose={() => onChoose(line.row.key)}
                  onTurn={() => turn(line.row.key)}
                />
              )
            );
          })}
          <Hops
            visible={visible}
            first={items[0]?.index ?? 0}
            last={items.at(-1)?.index ?? 0}
            view={view}
            width={width}
          />
        </div>
      </div>
    </section>
  );
}
