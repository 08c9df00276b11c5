// SPDX-License-Identifier: Apache-2.0
import { useQueries, useQuery } from '@tanstack/react-query';
import { attributes, queueUrls } from '../api/queues';
import { shortName } from '../format/names';
import { count, duration } from '../format/numbers';
import { Empty } from '../parts/Empty';
import { type Column, GridTable } from '../parts/GridTable';
import { ListPage } from '../parts/ListPage';
import { Skeleton } from '../parts/Skeleton';
import { Trouble } from '../parts/Trouble';
import { Link } from '../url/Link';
import { go, hrefOf } from '../url/place';
import { useWatch } from '../url/range';
import { QueueView } from './QueueView';

/** A queue and its attributes; empty while they are read. */
export interface Queue {
  readonly url: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const COLUMNS: ReadonlyArray<Column<Queue>> = [
  { title: 'Queue', width: 'minmax(130px, 2fr)', cell: ({ name }) => <Link to={`queues/${name}`}>{name}</Link> },
  { title: 'Waiting', width: '70px', number: true, cell: (queue) => number(queue, 'ApproximateNumberOfMessages') },
  {
    title: 'In flight',
    width: '70px',
    number: true,
    cell: (queue) => number(queue, 'ApproximateNumberOfMessagesNotVisible'),
  },
  {
    title: 'Delayed',
    width: '70px',
    number: true,
    wide: true,
    cell: (queue) => number(queue, 'ApproximateNumberOfMessagesDelayed'),
  },
  {
    title: 'Visibility',
    width: '90px',
    number: true,
    wide: true,
    cell: ({ attributes: { VisibilityTimeout } }) =>
      VisibilityTimeout ? duration(Number(VisibilityTimeout) * 1e6) : '',
  },
  { title: 'Dead letters to', width: 'minmax(100px, 1fr)', wide: true, cell: (queue) => deadLetterQueue(queue) },
];

/** Every queue with its depth, and one of them with its messages. */
export default function QueuesPage({ rest }: { readonly rest: string }) {
  const { every } = useWatch();
  const urls = useQuery({
    queryKey: ['queues'],
    queryFn: ({ signal }) => queueUrls(signal),
    refetchInterval: ({ state }) => (state.error ? false : every),
  });
  const described = useQueries({
    queries: (urls.data ?? []).map((url) => ({
      queryKey: ['queue', url],
      queryFn: ({ signal }: { signal: AbortSignal }) => attributes(url, signal),
      refetchInterval: every,
    })),
  });
  if (urls.isPending) {
    return <Skeleton rows={6} label="Loading queues" />;
  }
  if (urls.error) {
    return <Trouble error={urls.error} again={() => urls.refetch()} />;
  }
  if (urls.data.length === 0) {
    return (
      <Empty title="No queues yet" command="aws sqs create-queue --queue-name orders-dead-letters">
        A dead-letter queue keeps the events that could not be delivered:
      </Empty>
    );
  }
  const queues = urls.data.map((url, index) => ({
    url,
    name: shortName(url),
    attributes: described[index]?.data ?? {},
  }));
  const chosen = queues.find(({ name }) => name === rest);
  return (
    <ListPage
      list={
        <GridTable
          label="Queues"
          rows={queues}
          columns={chosen ? COLUMNS.filter(({ wide }) => !wide) : COLUMNS}
          keyOf={({ url }) => url}
          selected={(row) => row === chosen}
          onOpen={({ name }) => go(hrefOf(`queues/${name}`))}
        />
      }
      chosen={
        chosen ? <QueueView key={rest} queue={chosen} /> : rest !== '' && <Empty title={`There is no queue ${rest}`} />
      }
    />
  );
}

function number(queue: Queue, name: string): string {
  const value = queue.attributes[name];
  return value === undefined ? ' ' : count(Number(value));
}

function deadLetterQueue({ attributes: { RedrivePolicy } }: Queue): string {
  const [, arn] = /"deadLetterTargetArn"\s*:\s*"([^"]+)"/.exec(RedrivePolicy ?? '') ?? [];
  return arn ? shortName(arn) : '–';
}
