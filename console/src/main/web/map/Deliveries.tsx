// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { traceSummaries, traces } from '../api/xray';
import { shortName } from '../format/names';
import { duration } from '../format/numbers';
import { type Entity, parseDocuments } from '../trace/entity';
import { stretchAt, useWatch } from '../url/range';

interface DeliveriesProps {
  readonly filter: string;
  readonly target: string;
}

/** As many of the latest traces as are read for it. */
const SAMPLE = 10;

/** How long events waited for this target, and how often they were tried: told by the bus in the latest traces. */
export function Deliveries({ filter, target }: DeliveriesProps) {
  const { range, key } = useWatch();
  const { data } = useQuery({
    queryKey: ['deliveries', key, filter, target],
    queryFn: async ({ signal }) => {
      const page = await traceSummaries(stretchAt(range, Date.now()), filter, 'TraceId', undefined, signal);
      const ids = page.summaries.slice(0, SAMPLE).flatMap(({ Id }) => Id ?? []);
      const documents = (await traces(ids, signal)).flatMap(({ Segments }) => Segments ?? []);
      return deliveriesTo(target, parseDocuments(documents.flatMap(({ Document }) => Document ?? [])));
    },
  });
  return data && data.count > 0 ? (
    <dl className="facts">
      <dt>waited before</dt>
      <dd>
        {duration(data.wait * 1_000)} <span className="quiet">median of {data.count} deliveries</span>
      </dd>
      <dt>attempts</dt>
      <dd>{data.attempts === 1 ? 'always the first' : `up to ${data.attempts}`}</dd>
    </dl>
  ) : null;
}

function deliveriesTo(target: string, documents: readonly Entity[]) {
  const records = documents
    .filter(({ origin }) => origin === 'AWS::Events')
    .flatMap(({ children }) => children)
    .filter(({ facts, name }) => shortName(facts.get('target') ?? name) === target);
  const waits = records.map(({ facts }) => Number(facts.get('wait_ms') ?? 0)).sort((a, b) => a - b);
  return {
    count: records.length,
    wait: waits[Math.floor(waits.length / 2)] ?? 0,
    attempts: Math.max(1, ...records.map(({ facts }) => Number(facts.get('attempt') ?? 1))),
  };
}
