// SPDX-License-Identifier: Apache-2.0
import type { ELK } from 'elkjs/lib/elk-api';
import elkWorker from 'elkjs/lib/elk-worker.min.js?url';
import { groupBy } from '../format/groups';
import { CLIENT, type Graph, type GraphNode } from './graph';

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Room for a node with its two lines of text. */
export const CELL = { width: 170, height: 138 };

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.layered.spacing.nodeNodeBetweenLayers': '70',
  'elk.spacing.nodeNode': '14',
  'elk.layered.crossingMinimization.strategy': 'LAYER_SWEEP',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.thoroughness': '3', // of 7: a quarter of the time for 300 nodes, and no worse to read
  'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER', // the order in which requests come through: see byDistance
  'elk.separateConnectedComponents': 'true',
};

let elk: Promise<ELK> | undefined;

/** Loads the worker; worth doing before there is anything to lay out. */
export function warmUp(): Promise<ELK> {
  elk ??= import('elkjs/lib/elk-api').then(
    ({ default: Elk }) => new Elk({ workerUrl: elkWorker, workerFactory: (url) => new Worker(url ?? elkWorker) }),
  );
  return elk;
}

/** Layers from left to right, computed in a worker. */
export async function layout(graph: Graph): Promise<Map<string, Place>> {
  const drawn = await (await warmUp()).layout({
    id: 'map',
    layoutOptions: OPTIONS,
    children: byDistance(graph).map(({ id }) => ({ id, ...CELL })),
    edges: graph.edges.map(({ id, source, target }) => ({ id, sources: [source], targets: [target] })),
  });
  return new Map((drawn.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x, y }]));
}

/** Nodes by how many calls they are away from a client, so that what comes back from further on is drawn as coming back. */
export function byDistance({ nodes, edges }: Graph): GraphNode[] {
  const callees = groupBy(edges, ({ source }) => source);
  const called = new Set(edges.map(({ target }) => target));
  const entries = nodes.filter(({ id, type }) => type === CLIENT || !called.has(id));
  const found = new Set<string>();
  for (const start of [...entries, ...nodes]) {
    const open = found.has(start.id) ? [] : [start.id];
    for (const id of open) {
      if (!found.has(id)) {
        found.add(id);
        open.push(...(callees.get(id) ?? []).map(({ target }) => target));
      }
    }
  }
  const order = new Map([...found].map((id, index) => [id, index]));
  return [...nodes].sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
}

/** What a layout depends on: who is there and who calls whom, not how often. */
export function shapeOf(graph: Graph): string {
  return JSON.stringify([graph.nodes.map(({ id }) => id), graph.edges.map(({ id }) => id)]);
}

/** Nodes that are known keep their place while the map is live; new ones take theirs, moved along with the others. */
export function settle(
  known: ReadonlyMap<string, Place>,
  fresh: ReadonlyMap<string, Place>,
): ReadonlyMap<string, Place> {
  const shared = [...fresh].filter(([id]) => known.has(id));
  const keepable = shared.length > 0 && shared.length === known.size && !collides(known, fresh);
  return keepable ? new Map([...fresh].map(([id, place]) => [id, known.get(id) ?? place])) : fresh;
}

/** Whether a new node would come to lie over one that stays. */
function collides(known: ReadonlyMap<string, Place>, fresh: ReadonlyMap<string, Place>): boolean {
  const stays = [...known.values()];
  return [...fresh].some(
    ([id, place]) =>
      !known.has(id) &&
      stays.some((other) => Math.abs(other.x - place.x) < CELL.width && Math.abs(other.y - place.y) < CELL.height),
  );
}
