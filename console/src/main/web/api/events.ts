// SPDX-License-Identifier: Apache-2.0
import {
  DescribeRuleCommand,
  type EventBus,
  EventBridgeClient,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  type PutEventsRequestEntry,
  type Rule,
  type Target,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { clientConfig, until } from './server';

export type { Rule, Target };

const client = new EventBridgeClient(clientConfig());
const MOST_PAGES = 50;

export async function buses(signal?: AbortSignal): Promise<string[]> {
  return (await everyBus(signal)).flatMap(({ Name }) => Name ?? []);
}

export async function busArns(signal?: AbortSignal): Promise<string[]> {
  return (await everyBus(signal)).flatMap(({ Arn }) => Arn ?? []);
}

async function everyBus(signal?: AbortSignal): Promise<EventBus[]> {
  const found: EventBus[] = [];
  let next: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await client.send(new ListEventBusesCommand({ NextToken: next }), until(signal));
    found.push(...(answer.EventBuses ?? []));
    next = answer.NextToken;
    if (!next) {
      break;
    }
  }
  return found;
}

export async function rules(bus: string, signal?: AbortSignal): Promise<Rule[]> {
  const found: Rule[] = [];
  let next: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await client.send(new ListRulesCommand({ EventBusName: bus, NextToken: next }), until(signal));
    found.push(...(answer.Rules ?? []));
    next = answer.NextToken;
    if (!next) {
      break;
    }
  }
  return found;
}

export async function targets(bus: string, rule: string, signal?: AbortSignal): Promise<Target[]> {
  const answer = await client.send(new ListTargetsByRuleCommand({ EventBusName: bus, Rule: rule }), until(signal));
  return answer.Targets ?? [];
}

export async function patternOf(bus: string, rule: string, signal?: AbortSignal): Promise<string | undefined> {
  const answer = await client.send(new DescribeRuleCommand({ EventBusName: bus, Name: rule }), until(signal));
  return answer.EventPattern;
}

export async function testPattern(pattern: string, event: string): Promise<boolean> {
  const answer = await client.send(new TestEventPatternCommand({ EventPattern: pattern, Event: event }));
  return answer.Result ?? false;
}

/** The id of the event that was put; an entry that was refused throws what the bus said. */
export async function putEvent(entry: PutEventsRequestEntry): Promise<string> {
  const answer = await client.send(new PutEventsCommand({ Entries: [entry] }));
  const [result] = answer.Entries ?? [];
  if (!result?.EventId) {
    const error = new Error(result?.ErrorMessage ?? 'the event was not accepted');
    error.name = result?.ErrorCode ?? 'Refused';
    throw error;
  }
  return result.EventId;
}
