// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { readEvent } from '../events/read';
import { JsonBlock } from '../parts/JsonBlock';
import { Skeleton } from '../parts/Skeleton';
import { Trouble } from '../parts/Trouble';
import { Link } from '../url/Link';

interface EventPayloadProps {
  readonly id: string;
  /** Milliseconds since the epoch at which it was put, about. */
  readonly at: number;
}

const AROUND = 3_600_000;

/** An event as its targets get it, if the server kept it. */
export function EventPayload({ id, at }: EventPayloadProps) {
  const { data, error, isPending } = useQuery({
    queryKey: ['event', id],
    queryFn: ({ signal }) => readEvent(id, { from: at - AROUND, to: at + AROUND }, signal),
  });
  if (error) {
    return <Trouble error={error} />;
  }
  if (isPending) {
    return <Skeleton rows={6} label="Loading the event" />;
  }
  const told = data.find(({ event }) => event !== undefined);
  return (
    <div className="stack">
      <Link to={`events/${id}`}>The story of this event</Link>
      {told ? (
        <JsonBlock label={`Event ${id}`} value={told.event} />
      ) : (
        <p className="quiet">Its content is not kept.</p>
      )}
    </div>
  );
}
