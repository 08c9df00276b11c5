// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import { type FunctionConfiguration, policy } from '../api/lambda';
import { shortName } from '../format/names';
import { JsonBlock } from '../parts/JsonBlock';

export function Settings({ configuration }: { readonly configuration: FunctionConfiguration }) {
  const name = configuration.FunctionName ?? '';
  const { data } = useQuery({ queryKey: ['policy', name], queryFn: ({ signal }) => policy(name, signal) });
  const facts: ReadonlyArray<readonly [string, string | undefined]> = [
    ['runtime', configuration.Runtime],
    ['handler', configuration.Handler],
    ['role', shortName(configuration.Role ?? '')],
    ['memory', `${configuration.MemorySize ?? '?'} MB`],
    ['timeout', `${configuration.Timeout ?? '?'} s`],
    ['tracing', configuration.TracingConfig?.Mode],
    ['version', configuration.Version],
    ['modified', configuration.LastModified],
  ];
  const variables = Object.keys(configuration.Environment?.Variables ?? {});
  return (
    <div className="stack tab-body">
      <dl className="facts">
        {facts.map(([key, value]) => (
          <div className="key" key={key}>
            <dt>{key}</dt>
            <dd>{value ?? '–'}</dd>
          </div>
        ))}
        <dt>variables</dt>
        <dd>
          {variables.length === 0 ? 'none' : variables.join(', ')} <span className="quiet">(values are not shown)</span>
        </dd>
      </dl>
      <h3>Who may invoke it</h3>
      {data ? (
        <JsonBlock label="Policy" value={data} />
      ) : (
        data === null && <p className="quiet">No policy: no service may, and events for it are refused.</p>
      )}
    </div>
  );
}
