// SPDX-License-Identifier: Apache-2.0
import { useCallback, useState } from 'react';
import { count } from '../format/numbers';
import { Icon } from '../parts/Icon';
import { RecentTraces } from '../parts/RecentTraces';
import { quoted } from '../traces/expression';
import { Deliveries } from './Deliveries';
import { CLIENT, type Graph, type GraphEdge, total } from './graph';
import { Outcomes } from './Outcomes';
import { Times } from './Times';

interface EdgePanelProps {
  readonly edge: GraphEdge;
  readonly graph: Graph;
  readonly onClose: () => void;
}

/** The calls from one service to another; of event hops also how long events waited, and how often they were tried. */
export function EdgePanel({ edge, graph, onClose }: EdgePanelProps) {
  const [condition, setCondition] = useState('');
  const source = graph.nodes.find(({ id }) => id === edge.source);
  const target = graph.nodes.find(({ id }) => id === edge.target);
  const onBrush = useCallback((from: number | undefined, to: number | undefined) => {
    const rounded = (value: number) => Number(value.toPrecision(3));
    setCondition(
      from === undefined || to === undefined
        ? ''
        : ` { responsetime >= ${rounded(from)} AND responsetime <= ${rounded(to)} }`,
    );
  }, []);
  if (!source || !target) {
    return null;
  }
  const fromClient = source.type === CLIENT;
  const filter = fromClient
    ? `service(${quoted(target.name)})${condition}`
    : `edge(${quoted(source.name)}, ${quoted(target.name)})${condition}`;
  return (
    <aside className="map-side" aria-label={`Calls from ${source.name} to ${target.name}`}>
      <div className="row spread">
        <h2>
          {fromClient ? 'client' : source.name} → {target.name}
        </h2>
        <button type="button" className="icon" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <p>
        {count(total(edge.counts))} {edge.events ? 'deliveries' : 'calls'}
      </p>
      <Times times={edge.times} onBrush={onBrush} />
      <Outcomes counts={edge.counts} />
      {edge.events && <Deliveries filter={filter} target={target.name} />}
      <RecentTraces filter={filter} title={condition ? 'Brushed traces' : 'Latest traces'} />
    </aside>
  );
}
