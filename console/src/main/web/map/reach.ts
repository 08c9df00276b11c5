// SPDX-License-Identifier: Apache-2.0
import type { Graph } from './graph';

/** Everything that lies on a path through `id`: what leads there, and where it leads. */
export function onPathsOf(id: string, graph: Graph): ReadonlySet<string> {
  const found = new Set<string>([id]);
  follow(id, graph, 'source', 'target', found);
  follow(id, graph, 'target', 'source', found);
  return found;
}

function follow(
  start: string,
  { edges }: Graph,
  from: 'source' | 'target',
  to: 'source' | 'target',
  found: Set<string>,
): void {
  const open = [start];
  const seen = new Set(open);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const edge of edges) {
      if (edge[from] === next && !seen.has(edge[to])) {
        seen.add(edge[to]);
        open.push(edge[to]);
      }
    }
  }
  for (const id of seen) {
    found.add(id);
  }
}
