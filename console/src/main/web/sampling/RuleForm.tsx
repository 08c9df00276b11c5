// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId } from 'react';
import { createRule, type SamplingRule, updateRule } from '../api/sampling';
import { Trouble } from '../parts/Trouble';

interface RuleFormProps {
  /** The rule to change; a nameless one is made. */
  readonly rule: SamplingRule;
  readonly onDone: () => void;
}

type Field = 'RuleName' | 'Priority' | 'ReservoirSize' | 'FixedRate' | (typeof PATTERNS)[number][0];

const PATTERNS = [
  ['ServiceName', 'Service name'],
  ['ServiceType', 'Service type'],
  ['Host', 'Host'],
  ['HTTPMethod', 'Method'],
  ['URLPath', 'Path'],
  ['ResourceARN', 'Resource'],
] as const;

export function RuleForm({ rule, onDone }: RuleFormProps) {
  const id = useId();
  const client = useQueryClient();
  const fresh = !rule.RuleName;
  const fixed = rule.RuleName === 'Default';
  const save = useMutation({
    mutationFn: (changed: SamplingRule) => (fresh ? createRule(changed) : updateRule(changed)),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['sampling'] });
      onDone();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate(ruleFrom(new FormData(event.currentTarget), rule));
  };
  const input = (name: Field, label: string, extra: Record<string, string | number | boolean> = {}) => (
    <div className="field" key={name}>
      <label htmlFor={id + name}>{label}</label>
      <input id={id + name} name={name} required defaultValue={String(rule[name] ?? '')} {...extra} />
    </div>
  );
  return (
    <form className="card rule-form" onSubmit={submit} aria-label={fresh ? 'New rule' : `Rule ${rule.RuleName}`}>
      {input('RuleName', 'Name', { maxLength: 32, readOnly: !fresh })}
      {input('Priority', 'Priority, 1 first', { type: 'number', min: 1, max: 10_000, readOnly: fixed })}
      {input('ReservoirSize', 'Traced per second', { type: 'number', min: 0 })}
      {input('FixedRate', 'Share of the rest, 0 to 1', { type: 'number', min: 0, max: 1, step: 'any' })}
      {PATTERNS.map(([name, label]) => input(name, `${label}, * and ? allowed`, { readOnly: fixed }))}
      <div className="row whole">
        <button type="submit" className="primary" disabled={save.isPending}>
          Save
        </button>
        <button type="button" onClick={onDone}>
          Cancel
        </button>
      </div>
      {save.isError && <Trouble error={save.error} />}
    </form>
  );
}

function ruleFrom(form: FormData, rule: SamplingRule): SamplingRule {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const patterns = Object.fromEntries(PATTERNS.map(([name]) => [name, text(name)]));
  return {
    ...rule,
    ...patterns,
    RuleName: text('RuleName'),
    Priority: Number(text('Priority')),
    ReservoirSize: Number(text('ReservoirSize')),
    FixedRate: Number(text('FixedRate')),
  };
}
