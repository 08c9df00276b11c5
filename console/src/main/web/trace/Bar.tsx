// SPDX-License-Identifier: Apache-2.0
import { duration } from '../format/numbers';
import { clip, position, type View } from './axis';
import type { Step } from './criticalPath';
import type { Row } from './row';

interface BarProps {
  readonly row: Row;
  readonly view: View;
  /** The stretches of the critical path that lie in this row. */
  readonly steps: readonly Step[] | undefined;
}

/** Beyond this share of the width, a label right of the bar would be cut. */
const LATE = 0.8;

/** Waiting hatched, work solid, the critical path as a thin line below. */
export function Bar({ row, view, steps }: BarProps) {
  const end = row.end ?? view.to;
  const work = clip(row.start, end, view);
  const wait = row.asked < row.start ? clip(row.asked, row.start, view) : undefined;
  return (
    <div className="bar-lane">
      {wait && <i className="bar-wait" style={span(wait)} />}
      {row.role === 'refusal' ? (
        <i className="bar-refusal" style={{ left: `${100 * position(row.start, view)}%` }}>
          ⊘
        </i>
      ) : (
        work && <i className={`bar-work ${row.end === undefined ? 'is-open' : ''}`} style={span(work)} />
      )}
      {row.role !== 'refusal' && work && (
        <Took row={row} left={(wait ?? work).left} right={work.left + work.width} inside={work.width >= 1 - LATE} />
      )}
      {steps?.map((step) => {
        const part = clip(step.from, step.to, view);
        return part && <i key={step.from} className={`bar-path ${step.idle ? 'is-idle' : ''}`} style={span(part)} />;
      })}
    </div>
  );
}

interface TookProps {
  readonly row: Row;
  /** Where the row's drawing begins and ends. */
  readonly left: number;
  readonly right: number;
  /** Whether the bar is wide enough to hold it. */
  readonly inside: boolean;
}

/** Beside the bar where there is room, else in it. */
function Took({ row, left, right, inside }: TookProps) {
  const text = row.end === undefined ? 'in progress' : duration(row.end - row.start);
  const after = right <= LATE;
  const within = !after && inside;
  const place = after
    ? { left: `calc(${100 * right}% + 5px)` }
    : { right: `calc(${100 * (1 - (within ? right : left))}% + ${within ? 5 : 8}px)` };
  return (
    <span className={`bar-took ${within ? 'is-inside' : ''}`} style={place}>
      {text}
    </span>
  );
}

function span({ left, width }: { readonly left: number; readonly width: number }) {
  return { left: `${100 * left}%`, width: `max(2px, ${100 * width}%)` };
}
