// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useId } from 'react';
import { buses, putEvent } from '../api/events';
import { Trouble } from '../parts/Trouble';
import { type Json, objectAt, textAt } from '../trace/json';
import { Link } from '../url/Link';
import { useParam } from '../url/place';

/** Puts one event, like any producer would. */
export function PublishForm() {
  const id = useId();
  const [again] = useParam('again');
  const template = parsed(again);
  const { data: names = ['default'] } = useQuery({ queryKey: ['buses'], queryFn: ({ signal }) => buses(signal) });
  const put = useMutation({ mutationFn: putEvent });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '');
    put.mutate({
      EventBusName: text('bus'),
      Source: text('source'),
      DetailType: text('type'),
      Detail: text('detail'),
    });
  };
  return (
    <form className="pad publish" onSubmit={submit}>
      <div className="field">
        <label htmlFor={`${id}b`}>Bus</label>
        <select id={`${id}b`} name="bus">
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}s`}>Source</label>
        <input id={`${id}s`} name="source" required defaultValue={textAt(template, 'source') || 'order.service'} />
      </div>
      <div className="field">
        <label htmlFor={`${id}t`}>Detail type</label>
        <input id={`${id}t`} name="type" required defaultValue={textAt(template, 'detail-type') || 'Order Created'} />
      </div>
      <div className="field">
        <label htmlFor={`${id}d`}>Detail, a JSON object</label>
        <textarea
          id={`${id}d`}
          name="detail"
          className="mono"
          rows={10}
          spellCheck={false}
          defaultValue={JSON.stringify(template.detail ?? { order_id: 'order-1' }, null, 2)}
        />
      </div>
      <div className="row">
        <button type="submit" className="primary" disabled={put.isPending}>
          Put the event
        </button>
        <output aria-live="polite">
          {put.data && (
            <>
              ✓ durable: <Link to={`events/${put.data}`}>follow {put.data}</Link>
            </>
          )}
        </output>
      </div>
      {put.isError && <Trouble error={put.error} />}
    </form>
  );
}

function parsed(text: string) {
  try {
    return objectAt(JSON.parse(text) as Json);
  } catch {
    return objectAt({});
  }
}
