// SPDX-License-Identifier: Apache-2.0
import { useMemo } from 'react';
import { count, seconds, share } from '../format/numbers';
import { breakdown } from './breakdown';
import type { TraceLine } from './line';

interface BreakdownProps {
  readonly lines: readonly TraceLine[];
  readonly field: string;
  /** Takes a group as a filter. */
  readonly onTake: (field: string, value: string) => void;
}

const MOST = 50;

/** The traces by what they have in common, the largest group first. */
export function Breakdown({ lines, field, onTake }: BreakdownProps) {
  const groups = useMemo(() => breakdown(lines, field), [lines, field]);
  return (
    <section className="breakdown scroll-x" aria-label={`Traces by ${field}`} tabIndex={0}>
      <table className="plain">
        <thead>
          <tr>
            <th>{field}</th>
            <th className="number">Traces</th>
            <th className="number">Share</th>
            <th className="number">Failed</th>
            <th className="number">p50</th>
            <th className="number">p95</th>
          </tr>
        </thead>
        <tbody>
          {groups.slice(0, MOST).map((group) => (
            <tr key={group.value}>
              <td>
                <button type="button" className="plain" title="Filter by this" onClick={() => onTake(field, group.value)}>
                  {group.value || '–'}
                </button>
              </td>
              <td className="number">{count(group.count)}</td>
              <td className="number">{share(group.count, lines.length)}</td>
              <td className="number">
                {group.failed > 0 ? <span className="outcome is-fault">✕ {count(group.failed)}</span> : '–'}
              </td>
              <td className="number">{seconds(group.p50)}</td>
              <td className="number">{seconds(group.p95)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {groups.length === 0 && <p className="quiet">None of these traces has one.</p>}
      {groups.length > MOST && <p className="quiet">and {count(groups.length - MOST)} smaller groups</p>}
    </section>
  );
}
