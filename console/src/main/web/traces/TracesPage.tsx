// SPDX-License-Identifier: Apache-2.0
import { lazy } from 'react';
import { TraceList } from './TraceList';

const TraceView = lazy(() => import('../trace/TraceView'));

/** The list, or one trace of it if the path goes on with an id. */
export default function TracesPage({ rest }: { readonly rest: string }) {
  return rest === '' ? <TraceList /> : <TraceView key={rest} id={rest} />;
}
