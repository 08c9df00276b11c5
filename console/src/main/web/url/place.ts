// SPDX-License-Identifier: Apache-2.0
import { useCallback, useMemo, useSyncExternalStore } from 'react';

/** Where the console is: everything that is chosen stands in the address, so that a link shows the same. */
export interface Place {
  /** Below the console's own path, without leading slash: `traces/1-…`. */
  readonly path: string;
  readonly params: URLSearchParams;
}

/** Parameters that go along from page to page. */
const KEPT = ['range', 'from', 'to', 'live'];
const BASE = '/console/';
const MOVED = 'clew-moved';

export function usePlace(): Place {
  const href = useSyncExternalStore(subscribe, () => location.pathname + location.search);
  return useMemo(() => parse(href), [href]);
}

export function parse(href: string): Place {
  const question = href.indexOf('?');
  const pathname = question < 0 ? href : href.slice(0, question);
  const path = pathname.startsWith(BASE) ? pathname.slice(BASE.length) : pathname.replace(/^\//, '');
  return { path: path.replace(/\/$/, ''), params: new URLSearchParams(question < 0 ? '' : href.slice(question)) };
}

/** The address of a page with what is kept from here, `params` added; an undefined or empty one is left out. */
export function hrefOf(path: string, params: Record<string, string | undefined> = {}, from = here()): string {
  const search = new URLSearchParams();
  for (const name of KEPT) {
    const value = from.get(name);
    if (value) {
      search.set(name, value);
    }
  }
  for (const [name, value] of Object.entries(params)) {
    if (value) {
      search.set(name, value);
    } else {
      search.delete(name);
    }
  }
  const text = search.toString();
  return BASE + path + (text ? `?${text}` : '');
}

export function go(href: string, how: 'push' | 'replace' = 'push'): void {
  history[how === 'push' ? 'pushState' : 'replaceState'](null, '', href);
  dispatchEvent(new Event(MOVED));
}

/** Changes parameters of this page; undefined removes one. */
export function setParams(changes: Record<string, string | undefined>, how: 'push' | 'replace' = 'replace'): void {
  const search = here();
  for (const [name, value] of Object.entries(changes)) {
    if (value) {
      search.set(name, value);
    } else {
      search.delete(name);
    }
  }
  const text = search.toString();
  go(location.pathname + (text ? `?${text}` : ''), how);
}

/** One parameter of this page, "" if it is absent, and how to change it. */
export function useParam(name: string): [string, (value: string | undefined, how?: 'push' | 'replace') => void] {
  const value = usePlace().params.get(name) ?? '';
  const set = useCallback(
    (next: string | undefined, how: 'push' | 'replace' = 'replace') => setParams({ [name]: next }, how),
    [name],
  );
  return [value, set];
}

function here(): URLSearchParams {
  return new URLSearchParams(location.search);
}

function subscribe(changed: () => void): () => void {
  addEventListener('popstate', changed);
  addEventListener(MOVED, changed);
  return () => {
    removeEventListener('popstate', changed);
    removeEventListener(MOVED, changed);
  };
}
