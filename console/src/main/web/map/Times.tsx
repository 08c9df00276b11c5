// SPDX-License-Identifier: Apache-2.0
import { useCallback, useMemo } from 'react';
import uPlot from 'uplot';
import { duration, seconds } from '../format/numbers';
import { Chart, type ChartOptions } from '../parts/Chart';
import type { Histogram } from './graph';
import { type Bin, bins, percentile } from './percentile';

interface TimesProps {
  readonly times: Histogram;
  /** Seconds from and to; undefined when the brush is taken away. */
  readonly onBrush: (from: number | undefined, to: number | undefined) => void;
}

const BINS = 24;
const HEIGHT = 110;
const SHARES = [0.5, 0.9, 0.99];
const BARS = uPlot.paths.bars?.({ size: [0.9, 60] });

/** How long the calls took, in bins of equal ratio; dragging over it chooses some. */
export function Times({ times, onBrush }: TimesProps) {
  const found = useMemo(() => bins(times, BINS), [times]);
  const data = useMemo<uPlot.AlignedData>(
    () => [found.map((_, index) => index), found.map(({ count }) => count || null)],
    [found],
  );
  const options = useCallback((color: (name: string) => string) => optionsOf(found, color, onBrush), [found, onBrush]);
  return (
    <div className="stack">
      <dl className="percentiles">
        {SHARES.map((share) => (
          <div key={share}>
            <dt>p{share * 100}</dt>
            <dd>{seconds(percentile(times, share))}</dd>
          </div>
        ))}
      </dl>
      {found.length > 0 && (
        <Chart
          label="How long calls took. Drag to choose some of them."
          height={HEIGHT}
          data={data}
          options={options}
        />
      )}
    </div>
  );
}

function optionsOf(
  found: readonly Bin[],
  color: (name: string) => string,
  onBrush: TimesProps['onBrush'],
): ChartOptions {
  return {
    legend: { show: false },
    padding: [6, 6, 0, 6],
    cursor: { drag: { x: true, y: false, setScale: false }, points: { show: false }, y: false },
    scales: { x: { time: false, range: [-0.5, BINS - 0.5] }, y: { range: (_, __, most) => [0, Math.max(1, most)] } },
    axes: [
      {
        stroke: color('ink-3'),
        font: '11px system-ui, sans-serif',
        size: 24,
        grid: { show: false },
        ticks: { show: false },
        space: 60,
        values: (_, splits) => splits.map((at) => label(found[at])),
      },
      { show: false },
    ],
    series: [
      {},
      {
        stroke: color('hop'),
        fill: color('hop'),
        ...(BARS && { paths: BARS }),
        points: { show: false },
      },
    ],
    hooks: { setSelect: [(chart) => onBrush(...brushed(chart, found))] },
  };
}

function label(bin: Bin | undefined): string {
  return bin ? duration(bin.from * 1_000_000) : '';
}

function brushed(chart: uPlot, found: readonly Bin[]): [number | undefined, number | undefined] {
  const { left, width } = chart.select;
  if (width < 4) {
    return [undefined, undefined];
  }
  const first = found[Math.max(0, Math.round(chart.posToVal(left, 'x')))];
  const last = found[Math.min(found.length - 1, Math.round(chart.posToVal(left + width, 'x')))];
  return [first?.from, last?.to];
}
