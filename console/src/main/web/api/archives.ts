// SPDX-License-Identifier: Apache-2.0
import {
  type Archive,
  CancelReplayCommand,
  CreateArchiveCommand,
  DescribeReplayCommand,
  type DescribeReplayResponse,
  EventBridgeClient,
  ListArchivesCommand,
  ListReplaysCommand,
  type Replay,
  StartReplayCommand,
  type StartReplayCommandInput,
} from '@aws-sdk/client-eventbridge';
import { clientConfig, until } from './server';

export type { Archive, DescribeReplayResponse as ReplayState, Replay };

const client = new EventBridgeClient(clientConfig());
const MOST_PAGES = 20;

export async function archives(signal?: AbortSignal): Promise<Archive[]> {
  const found: Archive[] = [];
  let next: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await client.send(new ListArchivesCommand({ NextToken: next }), until(signal));
    found.push(...(answer.Archives ?? []));
    next = answer.NextToken;
    if (!next) {
      break;
    }
  }
  return found;
}

export async function createArchive(name: string, busArn: string, retentionDays: number): Promise<void> {
  await client.send(
    new CreateArchiveCommand({ ArchiveName: name, EventSourceArn: busArn, RetentionDays: retentionDays }),
  );
}

/** The newest first. */
export async function replays(signal?: AbortSignal): Promise<Replay[]> {
  const found: Replay[] = [];
  let next: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await client.send(new ListReplaysCommand({ NextToken: next }), until(signal));
    found.push(...(answer.Replays ?? []));
    next = answer.NextToken;
    if (!next) {
      break;
    }
  }
  return found.sort((a, b) => (b.ReplayStartTime?.getTime() ?? 0) - (a.ReplayStartTime?.getTime() ?? 0));
}

export function replay(name: string, signal?: AbortSignal): Promise<DescribeReplayResponse> {
  return client.send(new DescribeReplayCommand({ ReplayName: name }), until(signal));
}

export async function startReplay(input: StartReplayCommandInput): Promise<void> {
  await client.send(new StartReplayCommand(input));
}

/** What is on the bus already stays there. */
export async function cancelReplay(name: string): Promise<void> {
  await client.send(new CancelReplayCommand({ ReplayName: name }));
}
