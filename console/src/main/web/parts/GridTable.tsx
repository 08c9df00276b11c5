// SPDX-License-Identifier: Apache-2.0
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type ReactNode, useEffect, useRef } from 'react';

/** One column; `width` is a track of a CSS grid. */
export interface Column<Row> {
  readonly title: string;
  readonly width: string;
  readonly number?: boolean;
  /** Left out where the screen is narrow. */
  readonly wide?: boolean;
  readonly cell: (row: Row) => ReactNode;
  readonly sorted?: 'ascending' | 'descending' | undefined;
  readonly onSort?: () => void;
}

interface GridTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: ReadonlyArray<Column<Row>>;
  readonly keyOf: (row: Row) => string;
  readonly onOpen?: (row: Row) => void;
  readonly selected?: (row: Row) => boolean;
  /** Called when the last rows come into view. */
  readonly onEnd?: () => void;
}

const ROW_HEIGHT = 34;
const NEAR_END = 20;

/** A table of any length: only the rows in view exist. */
export function GridTable<Row>({ label, rows, columns, keyOf, onOpen, selected, onEnd }: GridTableProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - NEAR_END) {
      onEnd?.();
    }
  }, [last, rows.length, onEnd]);
  const tracks = {
    '--columns': columns.map((column) => column.width).join(' '),
    '--narrow-columns': columns
      .filter((column) => !column.wide)
      .map((column) => column.width)
      .join(' '),
  } as CSSProperties;
  return (
    <div className="grid-table" role="table" aria-label={label} aria-rowcount={rows.length + 1} style={tracks}>
      <div className="scroller" ref={scroller} tabIndex={0} role="rowgroup" aria-label={`${label}, scrollable`}>
        <div className="head" role="row" aria-rowindex={1}>
          {columns.map((column) => (
            <div
              key={column.title}
              role="columnheader"
              className={classes(column)}
              aria-sort={column.sorted ?? (column.onSort ? 'none' : undefined)}
            >
              {column.onSort ? (
                <button type="button" onClick={column.onSort}>
                  {column.title} {column.sorted === 'descending' ? '↓' : column.sorted === 'ascending' ? '↑' : ''}
                </button>
              ) : (
                column.title
              )}
            </div>
          ))}
        </div>
        <div className="body" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const row = rows[index] as Row;
            return (
              <div
                key={keyOf(row)}
                role="row"
                className="line"
                aria-rowindex={index + 2}
                aria-selected={selected?.(row)}
                style={{ transform: `translateY(${start}px)` }}
                onClick={onOpen && ((event) => unlessLink(event.target, () => onOpen(row)))}
              >
                {columns.map((column) => (
                  <div key={column.title} role="cell" className={classes(column)}>
                    {column.cell(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function classes({ number, wide }: { readonly number?: boolean; readonly wide?: boolean }): string {
  return `${number ? 'number' : ''} ${wide ? 'wide' : ''}`;
}

/** Links and buttons of a row do their own work. */
function unlessLink(target: EventTarget, open: () => void): void {
  if (!(target instanceof Element && target.closest('a, button')) && !getSelection()?.toString()) {
    open();
  }
}
