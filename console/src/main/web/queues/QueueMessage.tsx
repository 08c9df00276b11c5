// SPDX-License-Identifier: Apache-2.0

import type { Message } from '../api/queues';
import { ago } from '../format/time';
import { JsonBlock } from '../parts/JsonBlock';
import { Link } from '../url/Link';

/** One message: why it is here, if it is a dead letter, and the trace it belongs to. */
export function QueueMessage({ message }: { readonly message: Message }) {
  const { Attributes = {}, MessageAttributes = {}, Body = '' } = message;
  const sent = Number(Attributes.SentTimestamp ?? Number.NaN);
  const [, trace] = /Root=([^;]+)/.exec(Attributes.AWSTraceHeader ?? '') ?? [];
  const why = ['ERROR_CODE', 'ERROR_MESSAGE'].flatMap((name) => MessageAttributes[name]?.StringValue ?? []);
  return (
    <div className="card stack">
      <div className="row spread">
        <span className="quiet">
          {Number.isFinite(sent) && ago(new Date(sent))}
          {Attributes.ApproximateReceiveCount && ` · received ${Attributes.ApproximateReceiveCount === '1' ? 'once' : `${Attributes.ApproximateReceiveCount} times`}`}
        </span>
        {trace && <Link to={`traces/${trace}`}>Its trace →</Link>}
      </div>
      {why.length > 0 && <p className="outcome is-fault">⊘ {why.join(': ')}</p>}
      <JsonBlock label="Body" value={Body} />
    </div>
  );
}
