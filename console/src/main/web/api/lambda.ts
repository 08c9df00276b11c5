// SPDX-License-Identifier: Apache-2.0
import {
  type FunctionConfiguration,
  GetPolicyCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import { clientConfig, until } from './server';

export type { FunctionConfiguration };

const client = new LambdaClient(clientConfig());
const MOST_PAGES = 100;

export async function functions(signal?: AbortSignal): Promise<FunctionConfiguration[]> {
  const found: FunctionConfiguration[] = [];
  let marker: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await client.send(new ListFunctionsCommand({ Marker: marker }), until(signal));
    found.push(...(answer.Functions ?? []));
    marker = answer.NextMarker;
    if (!marker) {
      break;
    }
  }
  return found.sort((a, b) => ((a.FunctionName ?? '') < (b.FunctionName ?? '') ? -1 : 1));
}

/** Who may invoke it, as its statements say; none if it has no policy. */
export async function policy(name: string, signal?: AbortSignal): Promise<unknown> {
  try {
    const answer = await client.send(new GetPolicyCommand({ FunctionName: name }), until(signal));
    return JSON.parse(answer.Policy ?? 'null') as unknown;
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') {
      return null;
    }
    throw error;
  }
}

export interface Answer {
  readonly payload: string;
  /** `Handled` or `Unhandled` if the function failed. */
  readonly error: string | undefined;
  readonly status: number;
  readonly micros: number;
}

export async function invoke(name: string, payload: string, asynchronous: boolean): Promise<Answer> {
  const began = performance.now();
  const answer = await client.send(
    new InvokeCommand({
      FunctionName: name,
      InvocationType: asynchronous ? 'Event' : 'RequestResponse',
      Payload: new TextEncoder().encode(payload),
    }),
  );
  return {
    payload: new TextDecoder().decode(answer.Payload),
    error: answer.FunctionError,
    status: answer.StatusCode ?? 0,
    micros: (performance.now() - began) * 1_000,
  };
}
