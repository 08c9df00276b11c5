// SPDX-License-Identifier: Apache-2.0
import {
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { executable, launch, open, picture } from './browser';
import { type Server, startServer } from './server';

const ACCOUNT = '111111111111';
const RULE = `arn:aws:events:us-east-1:${ACCOUNT}:rule/orders`;
const QUEUE = `arn:aws:sqs:us-east-1:${ACCOUNT}:orders`;
const EVENTS = 5;

/** What failed is delivered again, and what was archived is put again, both with their progress. */
describe.skipIf(!executable)('once more, in a browser', () => {
  let server: Server;
  let browser: Browser;
  let events: EventBridgeClient;
  let queues: SQSClient;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), launch()]);
    const options = {
      endpoint: server.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    };
    events = new EventBridgeClient(options);
    queues = new SQSClient(options);
    await queues.send(new CreateQueueCommand({ QueueName: 'orders' }));
    await events.send(new PutRuleCommand({ Name: 'orders', EventPattern: '{"source":["shop"]}' }));
    await events.send(new PutTargetsCommand({ Rule: 'orders', Targets: [{ Id: 'queue', Arn: QUEUE }] }));
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test('an archive is made, and its events are put again with progress', async () => {
    const { page, troubles } = await open(browser, server.endpoint);
    await page.goto('events?tab=Archives');
    await page.getByText('No archives yet').waitFor();
    await page.getByRole('button', { name: 'Add an archive' }).click();
    await page.getByLabel('Name', { exact: true }).fill('everything');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'everything' }).waitFor();
    await putOrders();
    await page.getByText(`${EVENTS} events`).waitFor({ timeout: 20_000 });
    await page.getByRole('button', { name: 'Replay…' }).click();
    await page.getByLabel('For').selectOption({ label: 'only orders' });
    await picture(page, 'replay');
    await page.getByRole('button', { name: 'Start the replay' }).click();
    const replays = page.getByRole('region', { name: 'Replays' });
    await replays.getByText('completed').waitFor({ timeout: 30_000 });
    expect(await replays.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('100');
    await page.goto('events');
    const rows = page.getByRole('table', { name: 'Events' }).getByRole('row');
    await expect.poll(() => rows.count()).toBe(1 + 2 * EVENTS);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  test('what a queue refused is delivered again once it allows the rule', async () => {
    const { page, troubles } = await open(browser, server.endpoint);
    await page.goto('events?tab=Rules');
    const again = page.getByRole('button', { name: 'Redrive what failed' });
    await again.click();
    await page.getByText('failed once more').waitFor(); // nothing was mended yet
    await allow();
    await again.click();
    await page.getByText(`${2 * EVENTS} delivered`).waitFor();
    await picture(page, 'rules');
    await page.goto('events?outcome=failed');
    await page.getByText('No events in this time').waitFor();
    await page.goto('queues');
    await page.getByRole('link', { name: 'orders' }).click();
    await page.getByRole('button', { name: 'Look at messages' }).click();
    await page.getByText('10 messages').waitFor();
    expect(await page.getByRole('link', { name: 'Its trace →' }).count()).toBeGreaterThan(0);
    await picture(page, 'queues');
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  async function putOrders(): Promise<void> {
    const entry = (index: number) => ({
      Source: 'shop',
      DetailType: 'Order Created',
      Detail: JSON.stringify({ order_id: `order-${index}` }),
    });
    await events.send(new PutEventsCommand({ Entries: Array.from({ length: EVENTS }, (_, index) => entry(index)) }));
  }

  /** The queue's policy names the rule. */
  async function allow(): Promise<void> {
    const statement = {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: QUEUE,
      Condition: { ArnEquals: { 'aws:SourceArn': RULE } },
    };
    await queues.send(
      new SetQueueAttributesCommand({
        QueueUrl: `${server.endpoint}/${ACCOUNT}/orders`,
        Attributes: { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) },
      }),
    );
  }
});
