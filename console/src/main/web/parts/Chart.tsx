// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import './chart.css';

export type ChartOptions = Omit<uPlot.Options, 'width' | 'height'>;

interface ChartProps {
  /** For those who cannot see it: what it shows, in words. */
  readonly label: string;
  readonly height: number;
  readonly data: uPlot.AlignedData;
  /** Made anew when the colours change; must not change otherwise, but for what `data` means. */
  readonly options: (color: (name: string) => string) => ChartOptions;
}

/** A uPlot chart as wide as its place, in the colours of the theme. */
export function Chart({ label, height, data, options }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);
  const latest = useRef(data);
  latest.current = data;

  useEffect(() => {
    const element = place.current;
    if (!element) {
      return undefined;
    }
    const draw = () => {
      chart.current?.destroy();
      const width = Math.max(120, element.clientWidth);
      chart.current = new uPlot({ ...options(colorOf), width, height }, latest.current, element);
    };
    draw();
    const resized = new ResizeObserver(() =>
      chart.current?.setSize({ width: Math.max(120, element.clientWidth), height }),
    );
    resized.observe(element);
    addEventListener('clew-theme', draw);
    return () => {
      resized.disconnect();
      removeEventListener('clew-theme', draw);
      chart.current?.destroy();
      chart.current = undefined;
    };
  }, [options, height]);

  useEffect(() => {
    chart.current?.setData(data);
  }, [data]);

  return <div ref={place} className="chart" role="img" aria-label={label} style={{ height }} />;
}

function colorOf(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
