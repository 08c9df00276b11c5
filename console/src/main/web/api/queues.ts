// SPDX-License-Identifier: Apache-2.0
import {
  GetQueueAttributesCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueuesCommand,
  type Message,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { clientConfig, until } from './server';

export type { Message };

const client = new SQSClient({ ...clientConfig(), useQueueUrlAsEndpoint: false });

export async function queueUrls(signal?: AbortSignal): Promise<string[]> {
  const urls: string[] = [];
  let next: string | undefined;
  do {
    const answer = await client.send(new ListQueuesCommand({ NextToken: next, MaxResults: 1_000 }), until(signal));
    urls.push(...(answer.QueueUrls ?? []));
    next = answer.NextToken;
  } while (next);
  return urls;
}

export async function attributes(url: string, signal?: AbortSignal): Promise<Readonly<Record<string, string>>> {
  const answer = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
    until(signal),
  );
  return answer.Attributes ?? {};
}

/** Queues that send here what they could not have processed. */
export async function sources(url: string, signal?: AbortSignal): Promise<string[]> {
  const answer = await client.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: url }), until(signal));
  return answer.queueUrls ?? [];
}

/** Some messages, visible to everybody else again at once. Each look counts as a receive, as it does for consumers. */
export async function peek(url: string): Promise<Message[]> {
  const answer = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 0,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
  );
  return answer.Messages ?? [];
}

export async function send(url: string, body: string): Promise<string> {
  const answer = await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body }));
  return answer.MessageId ?? '';
}

export async function purge(url: string): Promise<void> {
  await client.send(new PurgeQueueCommand({ QueueUrl: url }));
}

/** Moves dead letters back to where they came from. */
export async function redrive(arn: string): Promise<void> {
  await client.send(new StartMessageMoveTaskCommand({ SourceArn: arn }));
}
