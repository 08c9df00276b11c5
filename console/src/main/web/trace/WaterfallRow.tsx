// SPDX-License-Identifier: Apache-2.0
import { memo } from 'react';
import { outcomeClass, SIGNS } from '../format/outcome';
import { Icon } from '../parts/Icon';
import type { View } from './axis';
import { Bar } from './Bar';
import type { Step } from './criticalPath';
import type { Row } from './row';
import type { VisibleRow } from './visible';

interface WaterfallRowProps {
  readonly line: VisibleRow;
  readonly top: number;
  readonly view: View;
  readonly steps: readonly Step[] | undefined;
  readonly chosen: boolean;
  readonly onChoose: () => void;
  readonly onTurn: () => void;
}

/** What changes at every drawing without being seen: the handlers. */
function alike(a: WaterfallRowProps, b: WaterfallRowProps): boolean {
  return (
    a.line.row === b.line.row &&
    a.line.depth === b.line.depth &&
    a.line.folded === b.line.folded &&
    a.top === b.top &&
    a.view === b.view &&
    a.steps === b.steps &&
    a.chosen === b.chosen
  );
}

export const WaterfallRow = memo(function WaterfallRow(props: WaterfallRowProps) {
  const { line, top, view, steps, chosen, onChoose, onTurn } = props;
  const { row, depth, folded, place, siblings } = line;
  const foldable = row.children.length > 0;
  return (
    <div
      id={`row-${row.key}`}
      className={`waterfall-row ${outcomeClass(row.outcome)} role-${row.role}`}
      role="treeitem"
      aria-level={depth + 1}
      aria-posinset={place}
      aria-setsize={siblings}
      aria-selected={chosen}
      aria-expanded={foldable ? !folded : undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onChoose}
    >
      <div className="row-name" style={{ paddingLeft: 4 + 10 * Math.min(depth, 20) }}>
        {foldable ? (
          <button
            type="button"
            className={`fold ${folded ? '' : 'is-open'}`}
            tabIndex={-1}
            aria-hidden="true"
            onClick={(event) => {
              event.stopPropagation();
              onTurn();
            }}
          >
            <Icon name="fold" />
          </button>
        ) : (
          <span className="fold" />
        )}
        <Sign row={row} />
        <span className="label">{row.label}</span>
        {row.count > 1 && <span className="times">×{row.count}</span>}
        {row.kind && <span className="kind">{row.kind}</span>}
        {row.remark && <span className="remark">{row.remark}</span>}
      </div>
      <Bar row={row} view={view} steps={steps} />
    </div>
  );
}, alike);

/** What went wrong as a sign for the eye and as a word for those who listen. */
function Sign({ row }: { readonly row: Row }) {
  if (row.outcome === 'ok') {
    return null;
  }
  return (
    <>
      <i className="sign" aria-hidden="true">
        {row.role === 'refusal' ? '⊘' : SIGNS[row.outcome]}
      </i>
      <span className="hidden">{row.role === 'refusal' ? 'did not arrive' : row.outcome}</span>
    </>
  );
}
