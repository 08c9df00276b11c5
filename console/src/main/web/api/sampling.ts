// SPDX-License-Identifier: Apache-2.0
import {
  CreateGroupCommand,
  CreateSamplingRuleCommand,
  DeleteGroupCommand,
  DeleteSamplingRuleCommand,
  GetGroupsCommand,
  GetSamplingRulesCommand,
  GetSamplingStatisticSummariesCommand,
  type GroupSummary,
  type SamplingRule,
  type SamplingRuleRecord,
  type SamplingStatisticSummary,
  UpdateGroupCommand,
  UpdateSamplingRuleCommand,
} from '@aws-sdk/client-xray';
import { until } from './server';
import { xrayClient } from './xray';

export type { GroupSummary, SamplingRule, SamplingRuleRecord, SamplingStatisticSummary };

export async function samplingRules(signal?: AbortSignal): Promise<SamplingRuleRecord[]> {
  const answer = await xrayClient.send(new GetSamplingRulesCommand({}), until(signal));
  return answer.SamplingRuleRecords ?? [];
}

export async function samplingStatistics(signal?: AbortSignal): Promise<SamplingStatisticSummary[]> {
  const answer = await xrayClient.send(new GetSamplingStatisticSummariesCommand({}), until(signal));
  return answer.SamplingStatisticSummaries ?? [];
}

export async function createRule(rule: SamplingRule): Promise<void> {
  await xrayClient.send(new CreateSamplingRuleCommand({ SamplingRule: rule }));
}

/** Of the default rule only rate and reservoir may change. */
export async function updateRule(rule: SamplingRule): Promise<void> {
  const { RuleName, FixedRate, ReservoirSize } = rule;
  const { Version: _, RuleARN: __, ...all } = rule;
  const update = RuleName === 'Default' ? { RuleName, FixedRate, ReservoirSize } : all;
  await xrayClient.send(new UpdateSamplingRuleCommand({ SamplingRuleUpdate: update }));
}

export async function deleteRule(name: string): Promise<void> {
  await xrayClient.send(new DeleteSamplingRuleCommand({ RuleName: name }));
}

export async function groups(signal?: AbortSignal): Promise<GroupSummary[]> {
  const answer = await xrayClient.send(new GetGroupsCommand({}), until(signal));
  return answer.Groups ?? [];
}

export async function createGroup(name: string, expression: string): Promise<void> {
  await xrayClient.send(new CreateGroupCommand({ GroupName: name, FilterExpression: expression }));
}

export async function updateGroup(name: string, expression: string): Promise<void> {
  await xrayClient.send(new UpdateGroupCommand({ GroupName: name, FilterExpression: expression }));
}

export async function deleteGroup(name: string): Promise<void> {
  await xrayClient.send(new DeleteGroupCommand({ GroupName: name }));
}
