// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { deleteRule, type SamplingRule, samplingRules, samplingStatistics } from '../api/sampling';
import { count, share } from '../format/numbers';
import { Skeleton } from '../parts/Skeleton';
import { Trouble } from '../parts/Trouble';
import { RuleForm } from './RuleForm';
import { totalsOf } from './totals';

const ANY = '*';

/** The rules in the order in which they decide, with what they decided lately. */
export function Rules() {
  const client = useQueryClient();
  const [edited, setEdited] = useState<SamplingRule>();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['sampling'],
    queryFn: async ({ signal }) => {
      const [records, statistics] = await Promise.all([samplingRules(signal), samplingStatistics(signal)]);
      const rules = records.flatMap(({ SamplingRule: rule }) => rule ?? []);
      return { rules: rules.sort(byPriority), totals: totalsOf(statistics) };
    },
    refetchInterval: 10_000,
  });
  const remove = useMutation({
    mutationFn: deleteRule,
    onSuccess: () => client.invalidateQueries({ queryKey: ['sampling'] }),
  });
  if (isPending) {
    return <Skeleton rows={5} label="Loading rules" />;
  }
  if (error) {
    return <Trouble error={error} again={() => refetch()} />;
  }
  const { rules, totals } = data;
  return (
    <div className="pad stack">
      <p className="quiet">
        The first rule that matches a request decides: so many per second are traced for sure, of the rest this share.
        Until a rule of yours matches, Clew itself keeps everything.
      </p>
      <div className="scroll-x">
        <table className="plain">
          <thead>
            <tr>
              <th className="number">Priority</th>
              <th>Rule</th>
              <th>Matches</th>
              <th className="number">Per second</th>
              <th className="number">Then</th>
              <th className="number">Kept lately</th>
              <th>
                <span className="hidden">Change</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rules.map((rule) => (
              <tr key={rule.RuleName}>
                <td className="number">{rule.Priority}</td>
                <td>{rule.RuleName}</td>
                <td className="mono">{matches(rule)}</td>
                <td className="number">{rule.ReservoirSize}</td>
                <td className="number">{share(rule.FixedRate ?? 0, 1)}</td>
                <td className="number">{lately(totals.get(rule.RuleName ?? ''))}</td>
                <td className="number">
                  <button type="button" onClick={() => setEdited(rule)}>
                    Edit
                  </button>{' '}
                  {rule.RuleName !== 'Default' && (
                    <button
                      type="button"
                      onClick={() => confirm(`Delete the rule ${rule.RuleName}?`) && remove.mutate(rule.RuleName ?? '')}
                    >
                      Delete
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {remove.isError && <Trouble error={remove.error} />}
      {edited ? (
        <RuleForm key={edited.RuleName} rule={edited} onDone={() => setEdited(undefined)} />
      ) : (
        <div>
          <button type="button" className="primary" onClick={() => setEdited(FRESH)}>
            Add a rule
          </button>
        </div>
      )}
    </div>
  );
}

const FRESH: SamplingRule = {
  RuleName: '',
  Priority: 100,
  FixedRate: 0.1,
  ReservoirSize: 1,
  ServiceName: ANY,
  ServiceType: ANY,
  Host: ANY,
  HTTPMethod: ANY,
  URLPath: ANY,
  ResourceARN: ANY,
  Version: 1,
};

function byPriority(a: SamplingRule, b: SamplingRule): number {
  return (a.Priority ?? 0) - (b.Priority ?? 0) || ((a.RuleName ?? '') < (b.RuleName ?? '') ? -1 : 1);
}

function matches(rule: SamplingRule): string {
  const parts: ReadonlyArray<readonly [string, string | undefined]> = [
    ['', rule.HTTPMethod],
    ['', rule.URLPath],
    ['service ', rule.ServiceName],
    ['type ', rule.ServiceType],
    ['host ', rule.Host],
    ['resource ', rule.ResourceARN],
    ...Object.entries(rule.Attributes ?? {}).map(([name, value]) => [`${name}=`, value] as const),
  ];
  const narrowed = parts.filter(([, value]) => value !== undefined && value !== ANY);
  return narrowed.map(([name, value]) => name + value).join(' ') || 'everything';
}

function lately(totals: { readonly requests: number; readonly sampled: number } | undefined): string {
  return totals
    ? `${count(totals.sampled)} of ${count(totals.requests)}, ${share(totals.sampled, totals.requests)}`
    : '–';
}
