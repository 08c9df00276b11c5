// SPDX-License-Identifier: Apache-2.0
import { useMemo } from 'react';
import { Empty } from '../parts/Empty';
import { Skeleton } from '../parts/Skeleton';
import { Trouble } from '../parts/Trouble';
import { useParam } from '../url/place';
import { EdgePanel } from './EdgePanel';
import { GraphView } from './GraphView';
import { GroupPicker } from './GroupPicker';
import { Legend } from './Legend';
import './map.css';
import { NodePanel } from './NodePanel';
import { useGraph } from './useGraph';
import { usePlaces } from './usePlaces';

/** Who calls whom, how often and how well. */
export default function MapPage() {
  const [chosen, setChosen] = useParam('node');
  const [group] = useParam('group');
  const { data: graph, error, isPending, refetch } = useGraph(group);
  const places = usePlaces(graph);
  const node = useMemo(() => graph?.nodes.find(({ id }) => id === chosen), [graph, chosen]);
  const edge = useMemo(() => graph?.edges.find(({ id }) => id === chosen), [graph, chosen]);
  if (error) {
    return <Trouble error={error} again={() => refetch()} />;
  }
  const empty = graph !== undefined && graph.nodes.length === 0;
  return (
    <div className={`map ${node || edge ? 'has-side' : ''}`}>
      <div className="map-canvas">
        <div className="map-tools">
          <GroupPicker />
          <Legend />
        </div>
        {isPending || (!empty && places.size === 0) ? (
          <Skeleton rows={6} label="Loading the map" />
        ) : empty ? (
          <Empty title="Nothing has called anything in this time" command="./clew demo --keep">
            Point an application at this server, or let the order system place some orders:
          </Empty>
        ) : (
          <GraphView graph={graph} places={places} chosen={chosen} onChoose={(id) => setChosen(id, 'push')} />
        )}
      </div>
      {graph && node && <NodePanel key={node.id} node={node} graph={graph} onClose={() => setChosen(undefined)} />}
      {graph && edge && <EdgePanel key={edge.id} edge={edge} graph={graph} onClose={() => setChosen(undefined)} />}
    </div>
  );
}
