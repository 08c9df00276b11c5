// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId } from 'react';
import { peek, purge, redrive, send, sources } from '../api/queues';
import { shortName } from '../format/names';
import { CopyText } from '../parts/CopyText';
import { Trouble } from '../parts/Trouble';
import { QueueMessage } from './QueueMessage';
import type { Queue } from './QueuesPage';

/** One queue: a look at its messages, and what can be done with them. */
export function QueueView({ queue }: { readonly queue: Queue }) {
  const id = useId();
  const client = useQueryClient();
  const changed = () => client.invalidateQueries({ queryKey: ['queue', queue.url] });
  const look = useMutation({ mutationFn: () => peek(queue.url), onSuccess: changed });
  const put = useMutation({ mutationFn: (body: string) => send(queue.url, body), onSuccess: changed });
  const empty = useMutation({ mutationFn: () => purge(queue.url), onSuccess: changed });
  const back = useMutation({ mutationFn: () => redrive(queue.attributes.QueueArn ?? ''), onSuccess: changed });
  const from = useQuery({ queryKey: ['sources', queue.url], queryFn: ({ signal }) => sources(queue.url, signal) });
  const error = look.error ?? put.error ?? empty.error ?? back.error;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    put.mutate(String(new FormData(event.currentTarget).get('body') ?? ''));
  };
  return (
    <>
      <div>
        <h2>{queue.name}</h2>
        <CopyText text={queue.url} />
        {from.data && from.data.length > 0 && <p>Dead letters of {from.data.map(shortName).join(', ')}</p>}
      </div>
      <div className="row">
        <button type="button" onClick={() => look.mutate()} disabled={look.isPending}>
          Look at messages
        </button>
        <button type="button" onClick={() => back.mutate()} disabled={back.isPending}>
          Redrive
        </button>
        <button
          type="button"
          onClick={() => confirm(`Delete every message of ${queue.name}?`) && empty.mutate()}
          disabled={empty.isPending}
        >
          Purge…
        </button>
        <output aria-live="polite">
          {back.isSuccess && 'moving back'}
          {empty.isSuccess && 'purged'}
        </output>
      </div>
      {error && <Trouble error={error} />}
      {look.data && (
        <section className="stack">
          <h3>{look.data.length === 0
              ? 'No messages to see now'
              : look.data.length === 1
                ? 'One message'
                : `${look.data.length} messages`}</h3>
          {look.data.map((message) => (
            <QueueMessage key={message.MessageId} message={message} />
          ))}
        </section>
      )}
      <form className="stack" onSubmit={submit}>
        <div className="field">
          <label htmlFor={`${id}b`}>Send a message</label>
          <textarea id={`${id}b`} name="body" className="mono" rows={4} required />
        </div>
        <div className="row">
          <button type="submit" className="primary" disabled={put.isPending}>
            Send
          </button>
          <output aria-live="polite">{put.data && `sent ${put.data}`}</output>
        </div>
      </form>
    </>
  );
}
