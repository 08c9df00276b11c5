// SPDX-License-Identifier: Apache-2.0
import { lazy, Suspense, useMemo, useState } from 'react';
import { Empty } from '../parts/Empty';
import { Skeleton } from '../parts/Skeleton';
import { Trouble } from '../parts/Trouble';
import { useParam } from '../url/place';
import { Details } from './Details';
import { documentTree } from './documentTree';
import { Heading } from './Heading';
import { Help } from './Help';
import { PathLine } from './PathLine';
import { flatten, type Row } from './row';
import type { Story } from './trace';
import './trace.css';
import { useTrace } from './useTrace';
import { Waterfall } from './Waterfall';

const TraceMap = lazy(() => import('./TraceMap'));

/** One trace: what happened left, the facts of the chosen row right. */
export default function TraceView({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch } = useTrace(id);
  if (isPending) {
    return <Skeleton rows={16} label="Loading the trace" />;
  }
  if (error) {
    return <Trouble error={error} again={() => refetch()} />;
  }
  return data === null || data.story.rows.length === 0 ? (
    <Empty title="There is no such trace here" command={`aws xray batch-get-traces --trace-ids ${id}`}>
      Its documents may not have arrived yet, its id may be mistyped, or it is older than the retention.
    </Empty>
  ) : (
    <OneTrace story={data.story} segments={data.trace.Segments ?? []} />
  );
}

interface OneTraceProps {
  readonly story: Story;
  readonly segments: ReadonlyArray<{ readonly Id?: string | undefined; readonly Document?: string | undefined }>;
}

function OneTrace({ story, segments }: OneTraceProps) {
  const [chosenKey, setChosenKey] = useParam('row');
  const [view, setView] = useParam('view');
  const [pathShown, setPathShown] = useParam('path');
  const [helping, setHelping] = useState(false);
  const rows = useMemo(() => (view === 'documents' ? documentTree(story.documents) : story.rows), [view, story]);
  const chosen = useMemo(() => find(rows, chosenKey) ?? rows[0], [rows, chosenKey]);
  const showPath = pathShown !== 'off' && view !== 'documents';
  return (
    <div className="trace">
      <Heading
        story={story}
        segments={segments}
        view={view}
        onView={setView}
        onHelp={() => setHelping(true)}
      />
      {view !== 'documents' && (
        <PathLine steps={story.path} shown={showPath} onToggle={() => setPathShown(showPath ? 'off' : undefined)} />
      )}
      <div className="trace-body">
        {view === 'map' ? (
          <Suspense fallback={<Skeleton rows={6} label="Loading the map" />}>
            <TraceMap id={story.id} documents={story.documents.length} onChoose={(name) => setChosenKey(keyOf(rows, name))} />
          </Suspense>
        ) : (
          <Waterfall
            key={view}
            story={story}
            rows={rows}
            path={showPath ? story.path : []}
            chosen={chosen?.key ?? ''}
            onChoose={setChosenKey}
            onTogglePath={() => setPathShown(showPath ? 'off' : undefined)}
            onHelp={() => setHelping(true)}
          />
        )}
        {chosen && <Details key={chosen.key} row={chosen} story={story} />}
      </div>
      {helping && <Help onClose={() => setHelping(false)} />}
    </div>
  );
}

/** The first row of a service. */
function keyOf(rows: readonly Row[], service: string): string | undefined {
  for (const row of flatten(rows)) {
    if (row.entities.some(({ name }) => name === service)) {
      return row.key;
    }
  }
  return undefined;
}

function find(rows: readonly Row[], key: string): Row | undefined {
  if (key === '') {
    return undefined;
  }
  for (const row of flatten(rows)) {
    if (row.key === key) {
      return row;
    }
  }
  return undefined;
}
