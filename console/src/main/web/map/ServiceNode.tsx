// SPDX-License-Identifier: Apache-2.0
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { kindOf } from '../format/names';
import { count, seconds, share } from '../format/numbers';
import { CLIENT, type GraphNode, total } from './graph';
import { CELL } from './layout';
import { percentile } from './percentile';
import { arcs, LARGEST } from './ring';

export type ServiceNodeData = {
  readonly node: GraphNode;
  readonly size: number;
  readonly dim: boolean;
};

const SQUARE = /^AWS::(Events|SQS|SNS)/;
const STROKE = 6;
/** Above the ring's place: see the style sheet. */
const RING_TOP = 4;

/** A ring of outcome shares around the kind; squares are what only passes things on. */
export const ServiceNode = memo(function ServiceNode({ data, selected }: NodeProps<Node<ServiceNodeData>>) {
  const { node, size, dim } = data;
  const calls = total(node.counts);
  const drawn = node.type === CLIENT ? 44 : size;
  const inset = {
    [Position.Left]: { left: (CELL.width - drawn) / 2 },
    [Position.Right]: { right: (CELL.width - drawn) / 2 },
  };
  const top = RING_TOP + LARGEST / 2;
  const failed = node.counts.fault + node.counts.error + node.counts.throttle;
  return (
    <div className={`service-node ${dim ? 'is-dim' : ''} ${selected ? 'is-chosen' : ''}`} title={spoken(node)}>
      <Handle type="target" position={Position.Left} isConnectable={false} style={{ ...inset.left, top }} />
      <div className="ring-place">
        <Ring node={node} size={drawn} />
      </div>
      <Handle type="source" position={Position.Right} isConnectable={false} style={{ ...inset.right, top }} />
      <strong>{node.type === CLIENT ? 'client' : node.name}</strong>
      {node.type !== CLIENT && (
        <span>
          {count(calls)} · {seconds(percentile(node.times, 0.5))}
          {failed > 0 && <b> · {share(failed, calls)} failed</b>}
        </span>
      )}
    </div>
  );
});

function Ring({ node, size }: { readonly node: GraphNode; readonly size: number }) {
  const radius = (size - STROKE) / 2;
  const square = SQUARE.test(node.type);
  const corner = square ? 9 : radius;
  const shape = {
    x: STROKE / 2,
    y: STROKE / 2,
    width: size - STROKE,
    height: size - STROKE,
    rx: corner,
    pathLength: 1,
  };
  return (
    <svg width={size} height={size} aria-hidden="true">
      <rect className="ring-base" {...shape} />
      {arcs(node.counts).map(({ outcome, from, share: part }) => (
        <rect
          key={outcome}
          className={`ring is-${outcome}`}
          {...shape}
          strokeDasharray={`${part} ${1 - part}`}
          strokeDashoffset={-from}
        />
      ))}
      <text x={size / 2} y={size / 2} dy="0.35em">
        {node.type === CLIENT ? '▸' : kindOf(node.type) || 'service'}
      </text>
    </svg>
  );
}

function spoken(node: GraphNode): string {
  const { ok, error, throttle, fault } = node.counts;
  return `${node.name} ${node.type}\n${ok} ok, ${error} error, ${throttle} throttle, ${fault} fault`;
}
