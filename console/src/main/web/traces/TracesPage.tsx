// SPDX-License-Identifier: Apache-2.0
import { lazy } from 'react';
import { useParam } from '../url/place';
import { TraceList } from './TraceList';

const TraceView = lazy(() => import('../trace/TraceView'));
const PairView = lazy(() => import('../compare/PairView'));

/** The list, or one trace of it if the path goes on with an id, or two if it names another. */
export default function TracesPage({ rest }: { readonly rest: string }) {
  const [other] = useParam('with');
  if (rest === '') {
    return <TraceList />;
  }
  return other ? <PairView key={rest + other} one={rest} other={other} /> : <TraceView key={rest} id={rest} />;
}
