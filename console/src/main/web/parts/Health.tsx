// SPDX-License-Identifier: Apache-2.0
import { count, seconds, share } from '../format/numbers';
import { total } from '../map/graph';
import { percentile } from '../map/percentile';
import { useGraph } from '../map/useGraph';

/** How a service of this name did in the chosen time, in one line. */
export function Health({ name }: { readonly name: string }) {
  const { data } = useGraph('');
  const node = data?.nodes.find((candidate) => candidate.name === name && candidate.type !== 'client');
  if (!node || total(node.counts) === 0) {
    return <span className="quiet">{data ? 'no traffic' : ' '}</span>;
  }
  const calls = total(node.counts);
  const { fault, error, throttle } = node.counts;
  return (
    <span>
      {count(calls)} · p50 {seconds(percentile(node.times, 0.5))}{' '}
      {fault > 0 && <span className="outcome is-fault">✕ {share(fault, calls)}</span>}{' '}
      {error + throttle > 0 && <span className="outcome is-error">! {share(error + throttle, calls)}</span>}
    </span>
  );
}
