// SPDX-License-Identifier: Apache-2.0

import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId } from 'react';
import { invoke } from '../api/lambda';
import { duration } from '../format/numbers';
import { JsonBlock } from '../parts/JsonBlock';
import { Trouble } from '../parts/Trouble';

/** Invokes the function and shows what it answered. */
export function InvokeForm({ name }: { readonly name: string }) {
  const id = useId();
  const call = useMutation({
    mutationFn: ({ payload, asynchronous }: { payload: string; asynchronous: boolean }) =>
      invoke(name, payload, asynchronous),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    call.mutate({ payload: String(form.get('payload') ?? ''), asynchronous: form.get('asynchronous') === 'on' });
  };
  const { data } = call;
  return (
    <form className="stack tab-body" onSubmit={submit}>
      <div className="field">
        <label htmlFor={`${id}p`}>Payload, JSON</label>
        <textarea
          id={`${id}p`}
          name="payload"
          className="mono"
          rows={8}
          spellCheck={false}
          defaultValue={'{\n  "test": true\n}'}
        />
      </div>
      <div className="row">
        <button type="submit" className="primary" disabled={call.isPending}>
          {call.isPending ? 'Running…' : 'Invoke'}
        </button>
        <label>
          <input type="checkbox" name="asynchronous" className="check" /> as an event, without waiting
        </label>
      </div>
      {call.isError && <Trouble error={call.error} />}
      {data && (
        <section className="stack" aria-live="polite">
          <p>
            <span className={`outcome ${data.error ? 'is-fault' : 'is-ok'}`}>
              {data.error ? `✕ ${data.error}` : `✓ ${data.status}`}
            </span>{' '}
            in {duration(data.micros)}
          </p>
          {data.payload && <JsonBlock label="Answer" value={data.payload} />}
        </section>
      )}
    </form>
  );
}
