// SPDX-License-Identifier: Apache-2.0
import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from '@xyflow/react';
import { memo, useState } from 'react';
import { count, seconds } from '../format/numbers';
import { type GraphEdge, total } from './graph';
import { percentile } from './percentile';

export type CallEdgeData = {
  readonly edge: GraphEdge;
  readonly width: number;
  readonly dim: boolean;
};

/** As wide as the calls are many; dashed where events travel; how long the calls took shows on hover. */
export const CallEdge = memo(function CallEdge(props: EdgeProps<Edge<CallEdgeData>>) {
  const { data, selected } = props;
  const [hovered, setHovered] = useState(false);
  const [path, labelX, labelY] = getBezierPath(props);
  if (!data) {
    return null;
  }
  const { edge, width, dim } = data;
  const classes = ['call', edge.events && 'is-events', dim && 'is-dim', selected && 'is-chosen', failing(edge)];
  return (
    <g onMouseEnter={() => setHovered(true)} onMouseLeave={() => setHovered(false)}>
      <BaseEdge
        path={path}
        {...(props.markerEnd && { markerEnd: props.markerEnd })}
        className={classes.filter(Boolean).join(' ')}
        style={{ strokeWidth: width }}
        interactionWidth={18}
      />
      {(hovered || selected) && (
        <EdgeLabelRenderer>
          <div
            className="call-label"
            style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
          >
            {count(total(edge.counts))} {edge.events ? 'deliveries' : 'calls'} · p50{' '}
            {seconds(percentile(edge.times, 0.5))}
          </div>
        </EdgeLabelRenderer>
      )}
    </g>
  );
});

/** One call in twenty that faults is worth a colour. */
function failing({ counts }: GraphEdge): string {
  const all = total(counts);
  return all > 0 && counts.fault / all >= 0.05 ? 'is-fault' : '';
}
