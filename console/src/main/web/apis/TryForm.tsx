// SPDX-License-Identifier: Apache-2.0

import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId } from 'react';
import type { Resource } from '../api/gateway';
import { duration } from '../format/numbers';
import { JsonBlock } from '../parts/JsonBlock';
import { Trouble } from '../parts/Trouble';
import { Link } from '../url/Link';

interface TryFormProps {
  readonly api: string;
  readonly stage: string;
  readonly resources: readonly Resource[];
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** Calls a route of the deployed stage and leads to the trace of the call. */
export function TryForm({ api, stage, resources }: TryFormProps) {
  const id = useId();
  const routes = resources.flatMap(({ path = '', resourceMethods = {} }) =>
    Object.keys(resourceMethods).map((method) => ({ method, path: path.replace(/\{[^}]*\}/g, 'customer1') })),
  );
  const call = useMutation({ mutationFn: (given: Call) => send(`/_aws/execute-api/${api}/${stage}`, given) });
  const [first] = routes;
  if (!first) {
    return null;
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '');
    call.mutate({ method: text('method'), path: text('path'), body: text('body') });
  };
  const { data } = call;
  return (
    <form className="stack" onSubmit={submit}>
      <h3>Try it</h3>
      <div className="row fill">
        <select name="method" aria-label="Method" defaultValue={first.method}>
          {[...new Set(routes.map(({ method }) => method))].map((method) => (
            <option key={method}>{method}</option>
          ))}
        </select>
        <input name="path" aria-label="Path" className="mono" defaultValue={first.path} />
      </div>
      <div className="field">
        <label htmlFor={`${id}b`}>Body</label>
        <textarea
          id={`${id}b`}
          name="body"
          className="mono"
          rows={4}
          defaultValue={'{"productId": "12345", "quantity": 1}'}
        />
      </div>
      <div className="row">
        <button type="submit" className="primary" disabled={call.isPending}>
          Call
        </button>
        {data && (
          <output aria-live="polite">
            <span className={`outcome ${data.status < 400 ? 'is-ok' : data.status < 500 ? 'is-error' : 'is-fault'}`}>
              {data.status}
            </span>{' '}
            in {duration(data.micros)} {data.trace && <Link to={`traces/${data.trace}`}>Its trace →</Link>}
          </output>
        )}
      </div>
      {data?.body && <JsonBlock label="Answer" value={data.body} />}
      {call.isError && <Trouble error={call.error} />}
    </form>
  );
}

async function send(base: string, { method, path, body }: Call) {
  const began = performance.now();
  const response = await fetch(base + path, {
    method,
    ...(method !== 'GET' && method !== 'HEAD' && { body, headers: { 'Content-Type': 'application/json' } }),
  });
  const [, trace] = /Root=([^;]+)/.exec(response.headers.get('X-Amzn-Trace-Id') ?? '') ?? [];
  return { status: response.status, body: await response.text(), trace, micros: (performance.now() - began) * 1_000 };
}
