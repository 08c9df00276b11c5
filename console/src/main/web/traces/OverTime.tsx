// SPDX-License-Identifier: Apache-2.0
import { useCallback, useMemo, useRef } from 'react';
import uPlot from 'uplot';
import { timeAxis } from '../parts/axes';
import { Chart, type ChartOptions } from '../parts/Chart';
import type { Stretch } from '../url/range';
import { overTime } from './breakdown';
import type { TraceLine } from './line';

interface OverTimeProps {
  readonly lines: readonly TraceLine[];
  readonly stretch: Stretch;
}

const HEIGHT = 132;
const PARTS = 60;
const BARS = uPlot.paths.bars?.({ size: [0.8, 40] });

/** How many traces there were, and how many of them failed. */
export function OverTime({ lines, stretch }: OverTimeProps) {
  const shown = useRef(stretch);
  shown.current = stretch;
  const data = useMemo<uPlot.AlignedData>(() => {
    const { times, all, failed } = overTime(lines, stretch.from, stretch.to, PARTS);
    const drawn = (counts: readonly number[]) => counts.map((count) => count || null); // no bar of no height
    return [times, drawn(all), drawn(failed)]; // the failed ones are drawn over all of them
  }, [lines, stretch]);
  const options = useCallback(
    (color: (name: string) => string): ChartOptions => ({
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: true, range: () => [shown.current.from / 1_000, shown.current.to / 1_000] },
        y: { range: (_, __, most) => [0, Math.max(1, most)] },
      },
      axes: [
        timeAxis(color),
        {
          stroke: color('ink-3'),
          font: '11px system-ui, sans-serif',
          size: 62,
          grid: { stroke: color('line'), width: 1 },
          ticks: { show: false },
          incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000, 100_000],
        },
      ],
      series: [
        {},
        ...['ok', 'fault'].map((name) => ({
          stroke: color(name),
          fill: color(name),
          ...(BARS && { paths: BARS }),
          points: { show: false },
        })),
      ],
    }),
    [],
  );
  return (
    <Chart
      label={`${lines.length} traces over time, those that failed in the colour of faults`}
      height={HEIGHT}
      data={data}
      options={options}
    />
  );
}
