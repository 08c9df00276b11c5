// SPDX-License-Identifier: Apache-2.0
import { useMemo } from 'react';
import { count, share } from '../format/numbers';
import type { TraceLine } from '../traces/line';
import { type Difference, differences } from './difference';
import './compare.css';

interface ComparePanelProps {
  readonly chosen: readonly TraceLine[];
  readonly rest: readonly TraceLine[];
  /** Takes a trait as a filter. */
  readonly onTake: (field: string, value: string) => void;
}

/** What tells the brushed traces from the others, as pairs of bars. */
export function ComparePanel({ chosen, rest, onTake }: ComparePanelProps) {
  const found = useMemo(() => differences(chosen, rest), [chosen, rest]);
  return (
    <section className="compare" aria-label="What differs">
      <h2>
        What differs: <b className="is-chosen">{count(chosen.length)} chosen</b> and{' '}
        <b className="is-rest">{count(rest.length)} others</b>
      </h2>
      {found.length === 0 ? (
        <p className="quiet">Nothing tells them apart: brush other traces.</p>
      ) : (
        <ul>
          {found.map((difference) => (
            <li key={`${difference.field} ${difference.value}`}>
              <Pair difference={difference} onTake={onTake} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Pair({ difference, onTake }: { readonly difference: Difference } & Pick<ComparePanelProps, 'onTake'>) {
  const { field, value, chosenShare, restShare } = difference;
  return (
    <button type="button" className="pair" onClick={() => onTake(field, value)} title="Filter by this">
      <span className="trait">
        <i>{field}</i> {value || '–'}
      </span>
      <span className="bars" aria-hidden="true">
        <i className="is-chosen" style={{ width: `${100 * chosenShare}%` }} />
        <i className="is-rest" style={{ width: `${100 * restShare}%` }} />
      </span>
      <span className="shares">
        {share(chosenShare, 1)} <span className="quiet">against</span> {share(restShare, 1)}
      </span>
    </button>
  );
}
