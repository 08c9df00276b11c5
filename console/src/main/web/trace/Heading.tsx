// SPDX-License-Identifier: Apache-2.0
import { pathOf } from '../format/names';
import { duration } from '../format/numbers';
import { CopyText } from '../parts/CopyText';
import { Icon } from '../parts/Icon';
import { OutcomeMark } from '../parts/OutcomeMark';
import { When } from '../parts/When';
import { Link } from '../url/Link';
import { exportTrace } from './export';
import type { Story } from './trace';

interface HeadingProps {
  readonly story: Story;
  readonly segments: Parameters<typeof exportTrace>[1];
  /** `documents`, `map`, or "" for the story. */
  readonly view: string;
  readonly onView: (view: string | undefined) => void;
  readonly onHelp: () => void;
}

export function Heading({ story, segments, view, onView, onHelp }: HeadingProps) {
  const { id, root, outcome, worst, first, last } = story;
  return (
    <div className="trace-heading">
      <div className="row">
        <Link to="traces" className="back" aria-label="All traces">
          ←
        </Link>
        <h2>{root?.url ? `${root.method} ${pathOf(root.url)}` : (root?.name ?? id)}</h2>
        {root?.status !== undefined && <span className="chip">→ {root.status}</span>}
        <OutcomeMark outcome={outcome} />
        {worst !== outcome && (
          <span className="quiet">
            inside: <OutcomeMark outcome={worst} />
          </span>
        )}
        <span className="quiet">
          {duration(last - first)} · {segments.length} documents · <When at={new Date(first / 1_000)} />
        </span>
        <CopyText text={id} label={`Copy the trace id ${id}`} />
      </div>
      <div className="row">
        <button type="button" aria-pressed={view === 'map'} onClick={() => onView(view === 'map' ? undefined : 'map')}>
          Map
        </button>
        <button
          type="button"
          aria-pressed={view === 'documents'}
          onClick={() => onView(view === 'documents' ? undefined : 'documents')}
        >
          Documents as sent
        </button>
        <Link to="traces" params={{ pair: id }} className="button" title="Choose another trace to compare it with">
          Compare
        </Link>
        <button
          type="button"
          className="icon"
          aria-label="Copy a link to this view"
          title="Copy a link to this view"
          onClick={() => void navigator.clipboard?.writeText(location.href)}
        >
          <Icon name="link" />
        </button>
        <button
          type="button"
          className="icon"
          aria-label="Export JSON"
          title="Export JSON"
          onClick={() => exportTrace(id, segments)}
        >
          <Icon name="download" />
        </button>
        <button type="button" className="icon" onClick={onHelp} aria-label="Keys" title="Keys (?)">
          <Icon name="help" />
        </button>
      </div>
    </div>
  );
}
