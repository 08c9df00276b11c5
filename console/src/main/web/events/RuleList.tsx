// SPDX-License-Identifier: Apache-2.0

import { useMutation, useQuery } from '@tanstack/react-query';
import { buses, type Rule, rules, targets } from '../api/events';
import { shortName } from '../format/names';
import { Empty } from '../parts/Empty';
import { JsonBlock } from '../parts/JsonBlock';
import { Skeleton } from '../parts/Skeleton';
import { Trouble } from '../parts/Trouble';
import { Link } from '../url/Link';
import { redrive } from './read';
import { RedriveProgress } from './RedriveProgress';

/** Every bus with its rules, patterns and targets. */
export function RuleList() {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['rules'],
    queryFn: async ({ signal }) => {
      const names = await buses(signal);
      return Promise.all(names.map(async (bus) => ({ bus, rules: await rules(bus, signal) })));
    },
  });
  if (isPending) {
    return <Skeleton label="Loading rules" />;
  }
  if (error) {
    return <Trouble error={error} again={() => refetch()} />;
  }
  return (
    <div className="pad stack">
      {data.map((group) => (
        <section key={group.bus} className="stack">
          <h2>{group.bus}</h2>
          {group.rules.length === 0 ? (
            <p className="quiet">No rules: whatever is put on it goes nowhere.</p>
          ) : (
            group.rules.map((rule) => <OneRule key={rule.Name} bus={group.bus} rule={rule} />)
          )}
        </section>
      ))}
      {data.length === 0 && <Empty title="No buses" command="aws events create-event-bus --name orders" />}
    </div>
  );
}

function OneRule({ bus, rule }: { readonly bus: string; readonly rule: Rule }) {
  const name = rule.Name ?? '';
  const { data } = useQuery({ queryKey: ['targets', bus, name], queryFn: ({ signal }) => targets(bus, name, signal) });
  const again = useMutation({ mutationFn: () => redrive({ rule: rule.Arn ?? '' }) });
  return (
    <div className="card rule">
      <div className="row spread">
        <h3>{name}</h3>
        <span className="row">
          <span className="chip">{rule.State?.toLowerCase()}</span>
          <Link to="events" params={{ tab: 'Test a pattern', pattern: rule.EventPattern }}>
            Test it
          </Link>
          <button
            type="button"
            title="Deliver again what this rule's targets did not get"
            onClick={() => again.mutate()}
            disabled={again.isPending || !rule.Arn}
          >
            Redrive what failed
          </button>
        </span>
      </div>
      {rule.EventPattern && <JsonBlock label={`Pattern of ${name}`} value={rule.EventPattern} />}
      {rule.ScheduleExpression && <p className="mono">{rule.ScheduleExpression}</p>}
      <p>
        {data === undefined
          ? '…'
          : data.length === 0
            ? 'No targets.'
            : data.map(({ Id, Arn = '' }) => (
                <span key={Id} className="chip" title={Arn}>
                  → {shortName(Arn)}
                </span>
              ))}
      </p>
      {again.data && <RedriveProgress redriven={again.data} at={again.submittedAt} />}
      {again.isError && <Trouble error={again.error} />}
    </div>
  );
}
