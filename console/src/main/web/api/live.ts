// SPDX-License-Identifier: Apache-2.0
import { signedIn } from './session';

/** Called when traces were completed or changed, no more often than people can read. */
type Listener = () => void;

/** News within this time are told together, in milliseconds; after a quiet while it is shorter. */
const GATHER = 1_500;
const GATHER_FIRST = 300;

const listeners = new Set<Listener>();
let source: EventSource | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let told = 0;

/**
 * Whether the server pushes to this browser. It cannot where signatures are verified, for a stream of events carries no headers:
 * there pages ask again by the clock.
 */
export function isPushed(): boolean {
  return source?.readyState === EventSource.OPEN;
}

/** Listens until the answer is called. One stream serves the tab, and only while the tab is seen: a browser has few connections. */
export function listen(listener: Listener): () => void {
  if (listeners.size === 0) {
    document.addEventListener('visibilitychange', turn);
  }
  listeners.add(listener);
  open();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      document.removeEventListener('visibilitychange', turn);
      close();
    }
  };
}

function turn(): void {
  if (document.hidden) {
    close();
  } else {
    open();
    gather(); // what was missed meanwhile
  }
}

function open(): void {
  if (source === undefined && !document.hidden && !signedIn()) {
    source = new EventSource('/_clew/live');
    source.addEventListener('trace', gather);
    source.addEventListener('missed', gather);
  }
}

function close(): void {
  source?.close();
  source = undefined;
  clearTimeout(timer);
  timer = undefined;
}

function gather(): void {
  timer ??= setTimeout(tell, Date.now() - told > GATHER ? GATHER_FIRST : GATHER);
}

function tell(): void {
  timer = undefined;
  told = Date.now();
  for (const listener of listeners) {
    listener();
  }
}
