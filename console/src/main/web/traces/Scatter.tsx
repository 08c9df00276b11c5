// SPDX-License-Identifier: Apache-2.0
import { useCallback, useMemo, useRef } from 'react';
import type uPlot from 'uplot';
import { OUTCOMES } from '../format/outcome';
import { durationAxis, timeAxis } from '../parts/axes';
import { Chart, type ChartOptions } from '../parts/Chart';
import type { Stretch } from '../url/range';
import type { Brush } from './brush';
import type { TraceLine } from './line';

interface ScatterProps {
  readonly lines: readonly TraceLine[];
  readonly stretch: Stretch;
  readonly onBrush: (brush: Brush | undefined) => void;
}

const HEIGHT = 132;
const COLORS = ['ok', 'progress', 'error', 'throttle', 'fault'];
/** A drag of fewer pixels is a click. */
const CLICK = 4;

/** How long each trace took, over time, one colour per outcome. Brushing chooses traces. */
export function Scatter({ lines, stretch, onBrush }: ScatterProps) {
  const data = useMemo(() => points(lines), [lines]);
  const shown = useRef(stretch);
  shown.current = stretch; // the chart asks for it at every drawing, and is not made anew while time moves on
  const options = useCallback(
    (color: (name: string) => string): ChartOptions => ({
      legend: { show: false },
      cursor: { drag: { x: true, y: true, setScale: false, uni: 10 }, points: { show: false }, y: false },
      scales: {
        x: { time: true, range: () => [shown.current.from / 1_000, shown.current.to / 1_000] },
        y: { distr: 3 },
      },
      axes: [timeAxis(color), durationAxis(color)],
      series: [
        {},
        ...COLORS.map((name) => ({
          stroke: color(name),
          fill: color(name),
          paths: () => null,
          points: { show: true, size: 6, fill: color(name), width: 0 },
        })),
      ],
      hooks: { setSelect: [(chart) => onBrush(selected(chart))] },
    }),
    [onBrush],
  );
  return (
    <Chart
      label={`Duration of ${lines.length} traces over time. Drag to choose some of them.`}
      height={HEIGHT}
      data={data}
      options={options}
    />
  );
}

/** One series per outcome over common times; a trace has a value in its own series only. */
function points(lines: readonly TraceLine[]): uPlot.AlignedData {
  const timed = lines.filter((line) => line.duration !== undefined && line.duration > 0).reverse();
  const times = timed.map((line) => line.start / 1_000);
  return [
    times,
    ...OUTCOMES.map((outcome) => timed.map((line) => (line.outcome === outcome ? line.duration : null))),
  ] as uPlot.AlignedData;
}

function selected(chart: uPlot): Brush | undefined {
  const { left, top, width, height } = chart.select;
  if (width < CLICK) {
    return undefined;
  }
  const whole = height < CLICK;
  return {
    from: chart.posToVal(left, 'x') * 1_000,
    to: chart.posToVal(left + width, 'x') * 1_000,
    least: whole ? 0 : chart.posToVal(top + height, 'y'),
    most: whole ? Number.MAX_SAFE_INTEGER : chart.posToVal(top, 'y'),
  };
}
