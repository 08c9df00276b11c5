// SPDX-License-Identifier: Apache-2.0
import {
  Controls,
  type Edge,
  MarkerType,
  type Node,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import '@xyflow/react/dist/base.css';
import { CallEdge, type CallEdgeData } from './CallEdge';
import { type Graph, total } from './graph';
import { CELL, type Place } from './layout';
import { onPathsOf } from './reach';
import { diameter, thickness } from './ring';
import { ServiceNode, type ServiceNodeData } from './ServiceNode';

interface GraphViewProps {
  readonly graph: Graph;
  readonly places: ReadonlyMap<string, Place>;
  readonly chosen: string;
  readonly onChoose: (id: string | undefined) => void;
}

const NODE_TYPES = { service: ServiceNode };
const EDGE_TYPES = { call: CallEdge };
const FIT = { padding: 0.12, maxZoom: 1.15, minZoom: 0.02 };

/** Of the map while it is dragged or zoomed: set beside React, so that nothing is drawn anew for it. */
const MOVING = 'is-moving';

/** At a smaller scale nobody can read: names and numbers are left out then. */
const LEGIBLE = 0.35;

export function GraphView(props: GraphViewProps) {
  return (
    <ReactFlowProvider>
      <Drawing {...props} />
    </ReactFlowProvider>
  );
}

function Drawing({ graph, places, chosen, onChoose }: GraphViewProps) {
  const { fitView } = useReactFlow();
  const frame = useRef<HTMLDivElement>(null);
  const width = useStore((state) => state.width);
  const far = useStore((state) => state.transform[2] < LEGIBLE);
  useEffect(() => {
    const next = requestAnimationFrame(() => void fitView(FIT));
    return () => cancelAnimationFrame(next);
  }, [places.size, width, fitView]);
  const lit = useMemo(() => {
    const edge = graph.edges.find(({ id }) => id === chosen);
    const node = graph.nodes.some(({ id }) => id === chosen);
    return edge ? new Set([edge.source, edge.target]) : node ? onPathsOf(chosen, graph) : undefined;
  }, [graph, chosen]);
  const nodes = useMemo(() => nodesOf(graph, places, chosen, lit), [graph, places, chosen, lit]);
  const edges = useMemo(() => edgesOf(graph, chosen, lit), [graph, chosen, lit]);
  return (
    <ReactFlow
      ref={frame}
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      fitView
      fitViewOptions={FIT}
      minZoom={0.02}
      maxZoom={2}
      nodesDraggable={false}
      nodesConnectable={false}
      edgesFocusable
      proOptions={{ hideAttribution: true }}
      className={far ? 'is-far' : ''}
      onMove={() => frame.current?.classList.add(MOVING)} // not when it starts: a click on a node starts one, too
      onMoveEnd={() => frame.current?.classList.remove(MOVING)}
      onNodeClick={(_, node) => onChoose(node.id)}
      onEdgeClick={(_, edge) => onChoose(edge.id)}
      onPaneClick={() => onChoose(undefined)}
      aria-label="Service map"
    >
      <Controls showInteractive={false} />
    </ReactFlow>
  );
}

function nodesOf(
  graph: Graph,
  places: ReadonlyMap<string, Place>,
  chosen: string,
  lit: ReadonlySet<string> | undefined,
): Array<Node<ServiceNodeData>> {
  const busiest = Math.max(1, ...graph.nodes.map(({ counts }) => total(counts)));
  return graph.nodes.flatMap((node) => {
    const position = places.get(node.id);
    return position
      ? {
          id: node.id,
          type: 'service',
          position,
          ...CELL,
          selected: node.id === chosen,
          ariaLabel: node.name,
          data: { node, size: diameter(total(node.counts), busiest), dim: lit !== undefined && !lit.has(node.id) },
        }
      : [];
  });
}

function edgesOf(graph: Graph, chosen: string, lit: ReadonlySet<string> | undefined): Array<Edge<CallEdgeData>> {
  const busiest = Math.max(1, ...graph.edges.map(({ counts }) => total(counts)));
  return graph.edges.map((edge) => ({
    id: edge.id,
    source: edge.source,
    target: edge.target,
    type: 'call',
    markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16, markerUnits: 'userSpaceOnUse' },
    selected: edge.id === chosen,
    data: {
      edge,
      width: thickness(total(edge.counts), busiest),
      dim: lit !== undefined && edge.id !== chosen && !(lit.has(edge.source) && lit.has(edge.target)),
    },
  }));
}
