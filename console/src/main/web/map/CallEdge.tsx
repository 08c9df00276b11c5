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
  const [path, labelX, labelY] = pathOf(props);
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

/** Nodes this level with each other would have the way back lie on the way there. */
const LEVEL = 40;
const ARC = 90;

function pathOf(props: EdgeProps<Edge<CallEdgeData>>): readonly [path: string, labelX: number, labelY: number] {
  const { sourceX, sourceY, targetX, targetY } = props;
  if (sourceX < targetX || Math.abs(sourceY - targetY) > LEVEL) {
    const [path, x, y] = getBezierPath(props);
    return [path, x, y];
  }
  const top = Math.min(sourceY, targetY) - ARC;
  const path = `M${sourceX},${sourceY} C${sourceX + ARC},${top} ${targetX - ARC},${top} ${targetX},${targetY}`;
  return [path, (sourceX + targetX) / 2, top + ARC / 4];
}
