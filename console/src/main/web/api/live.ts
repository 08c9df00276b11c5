// SPDX-License-Identifier: Apache-2.0
import { signedIn } from './session';

/** Called when traces were completed or changed, no more often than people can read. */
type Listener = () => void;

/** News within this time are told together. */
const GATHER = 400;

const listeners = new Set<Listener>();
let source: EventSource | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Whether the server pushes to this browser. It cannot where signatures are verified, for a stream of events carries no headers:
 * there pages ask again by the clock.
 */
export function isPushed(): boolean {
  return source?.readyState === EventSource.OPEN;
}

/** Opens the one stream of this tab while anybody listens; answers how to stop listening. */
export function listen(listener: Listener): () => void {
  listeners.add(listener);
  if (source === undefined && !signedIn()) {
    source = new EventSource('/_clew/live');
    source.addEventListener('trace', gather);
    source.addEventListener('missed', gather);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      source?.close();
      source = undefined;
      clearTimeout(timer);
      timer = undefined;
    }
  };
}

function gather(): void {
  timer ??= setTimeout(() => {
    timer = undefined;
    for (const listener of listeners) {
      listener();
    }
  }, GATHER);
}
