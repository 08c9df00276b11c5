// SPDX-License-Identifier: Apache-2.0
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { IconName } from '../parts/Icon';

/** A page: what the first part of the path names, and what the rail shows. */
export interface Page {
  readonly path: string;
  readonly title: string;
  readonly icon: IconName;
  readonly View: LazyExoticComponent<View>;
  /** Fetches what `View` needs; worth calling before it is drawn. */
  readonly load: () => Promise<unknown>;
}

type View = ComponentType<{ readonly rest: string }>;

function page(path: string, title: string, icon: IconName, load: () => Promise<{ default: View }>): Page {
  return { path, title, icon, load, View: lazy(load) };
}

export const PAGES: readonly Page[] = [
  page('map', 'Map', 'map', () => import('../map/MapPage')),
  page('traces', 'Traces', 'traces', () => import('../traces/TracesPage')),
  page('events', 'Events', 'events', () => import('../events/EventsPage')),
  page('functions', 'Functions', 'functions', () => import('../functions/FunctionsPage')),
  page('apis', 'APIs', 'apis', () => import('../apis/ApisPage')),
  page('queues', 'Queues', 'queues', () => import('../queues/QueuesPage')),
  page('sampling', 'Sampling', 'sampling', () => import('../sampling/SamplingPage')),
];

/** The page that `path` names, and what follows its name; the traces if it names none. */
export function pageAt(path: string): { page: Page | undefined; rest: string } {
  const [first = '', ...rest] = path.split('/');
  const page = PAGES.find((candidate) => candidate.path === first);
  return { page: first === '' ? PAGES[0] : page, rest: rest.map(decodeURIComponent).join('/') };
}
