// SPDX-License-Identifier: Apache-2.0
import { type ComponentType, lazy } from 'react';
import type { IconName } from '../parts/Icon';

/** A page: what the first part of the path names, and what the rail shows. */
export interface Page {
  readonly path: string;
  readonly title: string;
  readonly icon: IconName;
  readonly View: ComponentType<{ readonly rest: string }>;
}

export const PAGES: readonly Page[] = [
  { path: 'map', title: 'Map', icon: 'map', View: lazy(() => import('../map/MapPage')) },
  { path: 'traces', title: 'Traces', icon: 'traces', View: lazy(() => import('../traces/TracesPage')) },
  { path: 'events', title: 'Events', icon: 'events', View: lazy(() => import('../events/EventsPage')) },
  { path: 'functions', title: 'Functions', icon: 'functions', View: lazy(() => import('../functions/FunctionsPage')) },
  { path: 'apis', title: 'APIs', icon: 'apis', View: lazy(() => import('../apis/ApisPage')) },
  { path: 'queues', title: 'Queues', icon: 'queues', View: lazy(() => import('../queues/QueuesPage')) },
  { path: 'sampling', title: 'Sampling', icon: 'sampling', View: lazy(() => import('../sampling/SamplingPage')) },
];

/** The page that `path` names, and what follows its name; the traces if it names none. */
export function pageAt(path: string): { page: Page | undefined; rest: string } {
  const [first = '', ...rest] = path.split('/');
  const page = PAGES.find((candidate) => candidate.path === first);
  return { page: first === '' ? PAGES[0] : page, rest: rest.map(decodeURIComponent).join('/') };
}
