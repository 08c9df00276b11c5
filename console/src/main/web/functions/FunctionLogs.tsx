// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { recentLines } from '../api/logs';
import { Empty } from '../parts/Empty';
import { LogLines } from '../parts/LogLines';
import { Skeleton } from '../parts/Skeleton';
import { Trouble } from '../parts/Trouble';
import { stretchAt, useWatch } from '../url/range';

/** What the function wrote in the chosen time; follows while the page is live. */
export function FunctionLogs({ name }: { readonly name: string }) {
  const { range, key, every } = useWatch();
  const [pattern, setPattern] = useState('');
  const group = `/aws/lambda/${name}`;
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['tail', group, key, pattern],
    queryFn: ({ signal }) => recentLines(group, stretchAt(range, Date.now()).from, pattern, signal),
    refetchInterval: ({ state }) => (state.error ? false : every),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setPattern(String(new FormData(event.currentTarget).get('pattern') ?? '').trim());
  };
  return (
    <div className="stack tab-body">
      <form className="row fill" onSubmit={submit}>
        <input
          name="pattern"
          className="mono"
          aria-label="Filter pattern"
          placeholder='ERROR, "two words", { $.level = "warn" }'
        />
        <button type="submit">Filter</button>
      </form>
      {error ? (
        <Trouble error={error} again={() => refetch()} />
      ) : isPending ? (
        <Skeleton rows={6} label="Loading logs" />
      ) : data.length === 0 ? (
        <Empty title="No log lines in this time" command={`aws logs tail ${group} --follow`} />
      ) : (
        <div aria-live={every ? 'polite' : 'off'}>
          <LogLines lines={data} />
        </div>
      )}
    </div>
  );
}
