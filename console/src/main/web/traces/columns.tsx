// SPDX-License-Identifier: Apache-2.0

import { seconds } from '../format/numbers';
import { clock, exact } from '../format/time';
import type { Column } from '../parts/GridTable';
import { OutcomeMark } from '../parts/OutcomeMark';
import { Link } from '../url/Link';
import type { TraceLine } from './line';

export type Order = 'newest' | 'slowest';

/** More annotations than this would push the others out of view. */
const MOST_ANNOTATIONS = 3;

/** @param pair a trace that the one which is opened is compared with; "" for none */
export function traceColumns(
  order: Order,
  pair: string,
  onOrder: (order: Order) => void,
): Array<Column<TraceLine>> {
  return [
    {
      title: 'Started',
      width: '70px',
      sorted: order === 'newest' ? 'descending' : undefined,
      onSort: () => onOrder('newest'),
      cell: ({ start }) => (
        <time dateTime={new Date(start).toISOString()} title={exact(new Date(start))}>
          {clock(new Date(start))}
        </time>
      ),
    },
    { title: 'Outcome', width: '80px', cell: (line) => <LineOutcome line={line} /> },
    {
      title: 'Request',
      width: 'minmax(60px, 2.4fr)',
      cell: ({ id, what, entry }) => (
        <Link to={`traces/${pair || id}`} params={pair ? { with: id } : {}} title={entry}>
          {what}
        </Link>
      ),
    },
    { title: 'Status', width: '48px', number: true, wide: true, cell: ({ status }) => status ?? '–' },
    { title: 'Answer', width: '72px', number: true, wide: true, cell: ({ response }) => seconds(response) },
    {
      title: 'Duration',
      width: '88px',
      number: true,
      sorted: order === 'slowest' ? 'descending' : undefined,
      onSort: () => onOrder('slowest'),
      cell: ({ duration }) => seconds(duration),
    },
    {
      title: 'Services',
      width: '64px',
      number: true,
      wide: true,
      cell: ({ services }) => <span title={services.join('\n')}>{services.length}</span>,
    },
    { title: 'Annotations', width: 'minmax(80px, 3fr)', wide: true, cell: (line) => <Annotations line={line} /> },
    {
      title: 'Trace',
      width: '102px',
      wide: true,
      cell: ({ id }) => (
        <span className="mono quiet" title={id}>
          {id.slice(0, 10)}…
        </span>
      ),
    },
  ];
}

function LineOutcome({ line }: { readonly line: TraceLine }) {
  return line.inside ? (
    <span className="outcome is-fault" title="The caller had its answer, but something further in failed">
      <i aria-hidden="true">⊘</i>inside
    </span>
  ) : (
    <OutcomeMark outcome={line.outcome} />
  );
}

function Annotations({ line }: { readonly line: TraceLine }) {
  return (
    <>
      {line.annotations.slice(0, MOST_ANNOTATIONS).map(([key, value]) => (
        <span key={`${key}=${value}`} className="annotation" title={`${key} = ${value}`}>
          <i>{key}</i> {value}
        </span>
      ))}
    </>
  );
}
