// SPDX-License-Identifier: Apache-2.0
import {
  APIGatewayClient,
  GetResourcesCommand,
  GetRestApisCommand,
  GetStagesCommand,
  type Resource,
  type RestApi,
  type Stage,
} from '@aws-sdk/client-api-gateway';
import { clientConfig, until } from './server';

export type { Resource, RestApi, Stage };

const client = new APIGatewayClient(clientConfig());
const MOST_PAGES = 100;

export async function restApis(signal?: AbortSignal): Promise<RestApi[]> {
  const found: RestApi[] = [];
  let position: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await client.send(new GetRestApisCommand({ position, limit: 500 }), until(signal));
    found.push(...(answer.items ?? []));
    position = answer.position;
    if (!position) {
      break;
    }
  }
  return found;
}

export async function stages(api: string, signal?: AbortSignal): Promise<Stage[]> {
  const answer = await client.send(new GetStagesCommand({ restApiId: api }), until(signal));
  return answer.item ?? [];
}

/** With their methods and what is behind them. */
export async function resources(api: string, signal?: AbortSignal): Promise<Resource[]> {
  const answer = await client.send(
    new GetResourcesCommand({ restApiId: api, limit: 500, embed: ['methods'] }),
    until(signal),
  );
  return (answer.items ?? []).sort((a, b) => ((a.path ?? '') < (b.path ?? '') ? -1 : 1));
}
