// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { traceGraph } from '../api/xray';
import { GraphView } from '../map/GraphView';
import { graphOf } from '../map/graph';
import { Legend } from '../map/Legend';
import '../map/map.css';
import { usePlaces } from '../map/usePlaces';
import { Skeleton } from '../parts/Skeleton';
import { Trouble } from '../parts/Trouble';

interface TraceMapProps {
  readonly id: string;
  /** How many documents there are: with more of them the map is asked for again. */
  readonly documents: number;
  /** Called with the name of a service that is chosen. */
  readonly onChoose: (name: string) => void;
}

/** The services of one trace, and who called whom in it. */
export default function TraceMap({ id, documents, onChoose }: TraceMapProps) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['trace-graph', id, documents],
    queryFn: async ({ signal }) => graphOf(await traceGraph([id], signal)),
  });
  const places = usePlaces(data);
  if (error) {
    return <Trouble error={error} again={() => refetch()} />;
  }
  return isPending || places.size === 0 ? (
    <Skeleton rows={6} label="Loading the map" />
  ) : (
    <section className="map-canvas trace-map" aria-label="Map of this trace">
      <div className="map-tools">
        <Legend />
      </div>
      <GraphView
        graph={data}
        places={places}
        chosen=""
        onChoose={(node) => {
          const name = data.nodes.find((one) => one.id === node)?.name;
          if (name) {
            onChoose(name);
          }
        }}
      />
    </section>
  );
}
