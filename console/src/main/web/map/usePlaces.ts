// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';
import type { Graph } from './graph';
import { layout, type Place, settle, shapeOf, warmUp } from './layout';

const NOWHERE: ReadonlyMap<string, Place> = new Map();

void warmUp(); // while the first answer is on its way

/** Where the nodes are. Computed anew only when nodes or edges come or go; what is drawn keeps its place if it can. */
export function usePlaces(graph: Graph | undefined): ReadonlyMap<string, Place> {
  const [places, setPlaces] = useState(NOWHERE);
  const shape = graph && shapeOf(graph);
  useEffect(() => {
    let current = true;
    if (graph && graph.nodes.length > 0) {
      layout(graph).then(
        (fresh) => current && setPlaces((known) => settle(known, fresh)),
        (error: unknown) => {
          setPlaces(() => {
            throw error; // the page's boundary shows it
          });
        },
      );
    }
    return () => {
      current = false;
    };
  }, [shape]);
  return places;
}
