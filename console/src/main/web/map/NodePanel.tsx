// SPDX-License-Identifier: Apache-2.0
import { useCallback, useState } from 'react';
import { kindOf } from '../format/names';
import { count, seconds } from '../format/numbers';
import { Icon } from '../parts/Icon';
import { RecentTraces } from '../parts/RecentTraces';
import { touches } from '../traces/expression';
import { Link } from '../url/Link';
import { CLIENT, type Graph, type GraphNode, total } from './graph';
import { Outcomes } from './Outcomes';
import { percentile } from './percentile';
import { Times } from './Times';

interface NodePanelProps {
  readonly node: GraphNode;
  readonly graph: Graph;
  readonly onClose: () => void;
}

/** One service: its numbers, whom it talks to, and the traces that touched it. */
export function NodePanel({ node, graph, onClose }: NodePanelProps) {
  const [condition, setCondition] = useState('');
  const onBrush = useCallback((from: number | undefined, to: number | undefined) => {
    setCondition(
      from === undefined || to === undefined
        ? ''
        : `responsetime >= ${rounded(from)} AND responsetime <= ${rounded(to)}`,
    );
  }, []);
  const touched = node.type === CLIENT ? '' : touches(node.name, undefined);
  const slow = percentile(node.times, 0.9);
  const filter = touched && condition ? `${touched} { ${condition} }` : touched;
  return (
    <aside className="map-side" aria-label={`Details of ${node.name}`}>
      <div className="row spread">
        <h2>{node.name}</h2>
        <button type="button" className="icon" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <p className="row">
        <span className="chip">{kindOf(node.type) || 'service'}</span>
        <span className="quiet">{node.type}</span>
        {node.type !== CLIENT && <span>{count(total(node.counts))} requests</span>}
      </p>
      {node.type !== CLIENT && (
        <>
          <Times times={node.times} onBrush={onBrush} />
          <Outcomes counts={node.counts} />
        </>
      )}
      <Neighbours node={node} graph={graph} />
      {touched && (
        <>
          <div className="row">
            <Link to="traces" params={{ filter: `${touched} { fault }` }}>
              Faults →
            </Link>
            {slow !== undefined && (
              <Link to="traces" params={{ filter: `${touched} { responsetime >= ${rounded(slow)} }` }}>
                Slower than {seconds(slow)} →
              </Link>
            )}
          </div>
          <RecentTraces filter={filter} title={condition ? 'Brushed traces' : 'Latest traces'} />
        </>
      )}
    </aside>
  );
}

function Neighbours({ node, graph }: { readonly node: GraphNode; readonly graph: Graph }) {
  const name = (id: string) => graph.nodes.find((other) => other.id === id)?.name ?? '';
  const lists = [
    { title: 'Called by', edges: graph.edges.filter(({ target }) => target === node.id), end: 'source' },
    { title: 'Calls', edges: graph.edges.filter(({ source }) => source === node.id), end: 'target' },
  ] as const;
  return lists.map(
    ({ title, edges, end }) =>
      edges.length > 0 && (
        <section key={title}>
          <h3>{title}</h3>
          <ul>
            {edges.map((edge) => (
              <li key={edge.id} className="row spread">
                <Link to="map" params={{ node: edge.id }}>
                  {name(edge[end])}
                </Link>
                <span className="quiet">
                  {count(total(edge.counts))} · p50 {seconds(percentile(edge.times, 0.5))}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ),
  );
}

/** Three digits are what the histogram can tell apart. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
