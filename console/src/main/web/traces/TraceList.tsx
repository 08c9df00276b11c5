// SPDX-License-Identifier: Apache-2.0
import { useCallback, useMemo } from 'react';
import { problemOf } from '../api/problem';
import { ComparePanel } from '../compare/ComparePanel';
import { count } from '../format/numbers';
import { Empty } from '../parts/Empty';
import { GridTable } from '../parts/GridTable';
import { Skeleton } from '../parts/Skeleton';
import { Trouble } from '../parts/Trouble';
import { go, hrefOf, setParams, useParam } from '../url/place';
import { stretchAt, useWatch } from '../url/range';
import { Breakdown } from './Breakdown';
import { type Brush, brushed, brushOf, textOf } from './brush';
import { type Order, traceColumns } from './columns';
import { both, conditionOf } from './expression';
import { FilterBar } from './FilterBar';
import type { TraceLine } from './line';
import { TraceChart } from './TraceChart';
import './traces.css';
import { useFeed } from './useFeed';
import { vocabularyOf } from './vocabulary';

const NONE: readonly TraceLine[] = [];

export function TraceList() {
  const [filter, setFilter] = useParam('filter');
  const [find, setFind] = useParam('find');
  const [order, setOrder] = useParam('order');
  const [brushText] = useParam('brush');
  const [comparing, setComparing] = useParam('compare');
  const [by] = useParam('by');
  const [pair, setPair] = useParam('pair');
  const { range } = useWatch();
  const { feed, error, isPending, older, refetch } = useFeed(filter);

  const all = feed?.lines ?? NONE;
  const found = useMemo(
    () => (find === '' ? all : all.filter((line) => contains(line, find.toLowerCase()))),
    [all, find],
  );
  const brush = useMemo(() => brushOf(brushText), [brushText]);
  const chosen = useMemo(() => (brush ? found.filter((line) => brushed(line, brush)) : found), [found, brush]);
  const shown = useMemo(
    () => (order === 'slowest' ? [...chosen].sort((a, b) => (b.duration ?? 0) - (a.duration ?? 0)) : chosen),
    [chosen, order],
  );
  const words = useMemo(() => vocabularyOf(all), [all]);
  const take = (field: string, value: string) => setFilter(both(filter, conditionOf(field, value)), 'push');
  const columns = useMemo(
    () =>
      traceColumns(order === 'slowest' ? 'slowest' : 'newest', pair, (next: Order) =>
        setOrder(next === 'newest' ? undefined : next),
      ),
    [order, setOrder, pair],
  );
  const onBrush = useCallback(
    (next: Brush | undefined) => setParams({ brush: next && textOf(next), ...(next ? {} : { compare: undefined }) }),
    [],
  );
  const filterError = error && filter !== '' && !problemOf(error).passing ? error : undefined;

  return (
    <div className="traces">
      <FilterBar
        value={filter}
        words={words}
        error={filterError}
        onChange={(next) => setFilter(next || undefined, 'push')}
      />
      <TraceChart lines={found} stretch={feed?.stretch ?? stretchAt(range, Date.now())} onBrush={onBrush} />
      <div className="tally" aria-live="polite">
        <span>
          {feed ? `${count(shown.length)}${feed.next ? '+' : ''} trace${shown.length === 1 ? '' : 's'}` : ' '}
        </span>
        {find !== '' && (
          <button type="button" className="plain" onClick={() => setFind(undefined)}>
            containing “{find}” ✕
          </button>
        )}
        {pair !== '' && (
          <button type="button" className="plain" onClick={() => setPair(undefined)}>
            choose the trace to compare with {pair} ✕
          </button>
        )}
        {brush && (
          <>
            <button
              type="button"
              aria-pressed={comparing !== ''}
              onClick={() => setComparing(comparing ? undefined : 'on')}
            >
              Compare with the rest
            </button>
            <button type="button" onClick={() => zoomTo(brush)}>
              Zoom to this time
            </button>
            <button type="button" className="plain" onClick={() => onBrush(undefined)}>
              Clear the brush
            </button>
          </>
        )}
      </div>
      {brush && comparing !== '' && (
        <ComparePanel
          chosen={chosen}
          rest={found.filter((line) => !brushed(line, brush))}
          onTake={take}
        />
      )}
      {by !== '' && <Breakdown lines={chosen} field={by} onTake={take} />}
      {error && !filterError ? (
        <Trouble error={error} again={() => refetch()} />
      ) : isPending ? (
        <Skeleton rows={14} label="Loading traces" />
      ) : shown.length === 0 ? (
        !filterError && <NoTraces narrowed={filter !== '' || find !== '' || brush !== undefined} />
      ) : (
        <GridTable
          label="Traces"
          rows={shown}
          columns={columns}
          keyOf={(line) => line.id}
          onOpen={(line) => go(pair === '' ? hrefOf(`traces/${line.id}`) : hrefOf(`traces/${pair}`, { with: line.id }))}
          onEnd={older}
        />
      )}
    </div>
  );
}

function NoTraces({ narrowed }: { readonly narrowed: boolean }) {
  return narrowed ? (
    <Empty title="No trace of this time matches">Widen the time range, or take the filter away.</Empty>
  ) : (
    <Empty title="No traces in this time" command="./clew demo --keep">
      Point an application at this server, or let the order system place some orders:
    </Empty>
  );
}

function zoomTo({ from, to }: Brush): void {
  setParams(
    { from: new Date(from).toISOString(), to: new Date(to).toISOString(), range: undefined, brush: undefined },
    'push',
  );
}

function contains(line: TraceLine, text: string): boolean {
  const texts = [line.id, line.what, line.entry, ...line.services, ...line.users];
  return (
    texts.some((candidate) => candidate.toLowerCase().includes(text)) ||
    line.annotations.some(([key, value]) => `${key}=${value}`.toLowerCase().includes(text))
  );
}
