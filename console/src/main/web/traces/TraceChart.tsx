// SPDX-License-Identifier: Apache-2.0
import { useCallback, useMemo } from 'react';
import { Times } from '../map/Times';
import { useParam } from '../url/place';
import type { Stretch } from '../url/range';
import { annotationKeys, FIELDS, timesOf } from './breakdown';
import type { Brush } from './brush';
import type { TraceLine } from './line';
import { OverTime } from './OverTime';
import { Scatter } from './Scatter';

interface TraceChartProps {
  readonly lines: readonly TraceLine[];
  readonly stretch: Stretch;
  readonly onBrush: (brush: Brush | undefined) => void;
}

const CHARTS = ['Each trace', 'Durations', 'Outcomes'] as const;

/** The traces in one picture: each of them, how long they took, or how they ended over time; and what they are grouped by. */
export function TraceChart({ lines, stretch, onBrush }: TraceChartProps) {
  const [chosen, setChosen] = useParam('chart');
  const [group, setGroup] = useParam('by');
  const chart = CHARTS.find((name) => name === chosen) ?? CHARTS[0];
  const times = useMemo(() => timesOf(lines), [lines]);
  const keys = useMemo(() => annotationKeys(lines), [lines]);
  const onTimes = useCallback(
    (least: number | undefined, most: number | undefined) =>
      onBrush(
        least === undefined || most === undefined
          ? undefined
          : { from: stretch.from, to: Math.max(stretch.to, Date.now() + 3_600_000), least: least * 0.999, most: most * 1.001 },
      ),
    [onBrush, stretch.from, stretch.to],
  );
  return (
    <div className="trace-chart">
      <div className="row chart-choice">
        <div className="segments" role="group" aria-label="Chart">
          {CHARTS.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={name === chart}
              onClick={() => setChosen(name === CHARTS[0] ? undefined : name)}
            >
              {name}
            </button>
          ))}
        </div>
        <select aria-label="Group by" value={group} onChange={({ target }) => setGroup(target.value || undefined)}>
          <option value="">no groups</option>
          {FIELDS.map((field) => (
            <option key={field} value={field}>
              by {field}
            </option>
          ))}
          {keys.map((key) => (
            <option key={key} value={`annotation ${key}`}>
              by annotation {key}
            </option>
          ))}
        </select>
      </div>
      {chart === 'Durations' ? (
        <div className="durations">
          <Times times={times} onBrush={onTimes} />
        </div>
      ) : chart === 'Outcomes' ? (
        <OverTime lines={lines} stretch={stretch} />
      ) : (
        <Scatter lines={lines} stretch={stretch} onBrush={onBrush} />
      )}
    </div>
  );
}
