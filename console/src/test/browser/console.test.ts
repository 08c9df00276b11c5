// SPDX-License-Identifier: Apache-2.0
import { LambdaClient, RemovePermissionCommand } from '@aws-sdk/client-lambda';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { graveFindings } from './axe';
import { executable, launch, open, picture, settled } from './browser';
import { HOSTILE, hex, large, putSegments, traceId, wide } from './segments';
import { type Server, startServer } from './server';

if (!executable) {
  if (process.env.CI === 'true') {
    throw new Error('no Chromium found, and CI=true makes the tests in a browser mandatory');
  }
  console.warn('console: the tests in a browser are skipped: no Chromium found (set CHROMIUM to its path)');
}

const PAGES = ['map', 'traces', 'events', 'functions', 'apis', 'queues', 'sampling'];

describe.skipIf(!executable)('the console in a browser', () => {
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), launch()]);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test('a browser at the root sees the map, empty with the next command', async () => {
    const { page, troubles } = await open(browser, server.endpoint);
    await page.goto(`${server.endpoint}/`);
    await page.getByRole('button', { name: 'Copy ./clew demo --keep' }).waitFor();
    expect(await page.title()).toBe('Map · Clew');
    const began = Date.now();
    await page.goto('traces');
    await page.getByRole('heading', { name: 'No traces in this time' }).waitFor();
    console.log(`console: a page is usable ${Date.now() - began} ms after it was asked for`);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  test('orders make the map grow while one looks', async () => {
    const { page, troubles } = await open(browser, server.endpoint);
    await page.goto('map');
    await page.getByText('Nothing has called anything').waitFor();
    await server.clew('demo', '--keep', '--orders', '6');
    const nodes = page.locator('.service-node');
    await expect.poll(() => nodes.count(), { timeout: 30_000 }).toBeGreaterThanOrEqual(7);
    const text = (await nodes.allTextContents()).join(' ');
    for (const service of ['orders-api', 'order-service', 'Events', 'payment-service', 'notification-service']) {
      expect(text).toContain(service);
    }
    await picture(page, 'map');
    await page.locator('.service-node', { hasText: 'payment-service' }).click();
    await page.getByRole('complementary', { name: /Details of payment-service/ }).waitFor();
    await expect.poll(() => page.locator('.recent li').count()).toBeGreaterThanOrEqual(6);
    await page.waitForTimeout(400); // the chart animates in
    await picture(page, 'map-service');
    expect(troubles).toEqual([]);
    await page.context().close();
  }, 300_000);

  test('a filter by annotation finds one order, its waterfall opens, keys move through it', async () => {
    const { page, troubles } = await open(browser, server.endpoint);
    await page.goto('traces');
    const rows = page.getByRole('table', { name: 'Traces' }).getByRole('row');
    await expect.poll(() => rows.count()).toBe(7);
    await picture(page, 'traces');
    const order = await page.locator('.annotation', { hasText: 'order_id' }).first().getAttribute('title');
    const [, id] = /order_id = (\S+)/.exec(order ?? '') ?? [];
    await page.getByRole('combobox', { name: 'Filter expression' }).fill(`annotation.order_id = "${id}"`);
    await page.keyboard.press('Enter');
    await expect.poll(() => rows.count()).toBe(2);
    expect(page.url()).toContain('filter=');

    await rows.nth(1).getByRole('link').click();
    const tree = page.getByRole('tree', { name: 'Rows of the trace' });
    await tree.getByRole('treeitem', { name: /payment-service.* lambda/ }).waitFor();
    expect(await page.locator('.hops path').count()).toBe(4);
    await picture(page, 'trace');
    await tree.getByRole('treeitem', { name: /Events PutEvents/ }).first().click();
    await page.getByRole('tab', { name: 'Event', exact: true }).click();
    await page.locator('.details .json', { hasText: 'detail-type' }).waitFor();
    await tree.getByRole('treeitem').first().click();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    expect(await page.locator('.details-head h2').textContent()).toContain('order_service_handler');
    await page.keyboard.press('ArrowLeft');
    expect(await tree.getByRole('treeitem').count()).toBe(3);
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.bar-path').count()).toBeGreaterThan(2);
    await page.keyboard.press('c');
    expect(await page.locator('.bar-path').count()).toBe(0);
    await page.reload();
    expect(await page.locator('.details-head h2').textContent()).toContain('order_service_handler');
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  test('logs of one invocation stand beside its row', async () => {
    const { page } = await open(browser, server.endpoint);
    await page.goto('traces');
    await page.getByRole('table', { name: 'Traces' }).getByRole('row').nth(1).getByRole('link').click();
    await page.getByRole('treeitem', { name: /^order-service/ }).click();
    await page.getByRole('tab', { name: 'Logs' }).click();
    await page.locator('.logs li', { hasText: 'START RequestId' }).waitFor();
    await picture(page, 'trace-logs');
    await page.context().close();
  });

  test('an event tells its story', async () => {
    const { page, troubles } = await open(browser, server.endpoint);
    await page.goto('events');
    const rows = page.getByRole('table', { name: 'Events' }).getByRole('row');
    await expect.poll(() => rows.count()).toBeGreaterThan(6);
    await picture(page, 'events');
    await rows.filter({ hasText: 'payment-processing-rule' }).first().getByRole('link').click();
    await page.locator('.story-line', { hasText: 'payment-service' }).waitFor();
    expect(await page.locator('.story-line > li').count()).toBe(5);
    await picture(page, 'event');
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  test('a delivery that a policy refuses is explained', async () => {
    const { page, troubles } = await open(browser, server.endpoint);
    await page.goto('functions');
    const name = (await page.getByRole('link', { name: /^payment-service/ }).textContent()) ?? '';
    await picture(page, 'functions');
    await page.goto(`functions/${name}?tab=Settings`);
    const policy = (await page.locator('.json').textContent()) ?? '';
    const client = new LambdaClient({
      endpoint: server.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    for (const { Sid } of JSON.parse(policy).Statement) {
      await client.send(new RemovePermissionCommand({ FunctionName: name, StatementId: Sid }));
    }
    await page.goto('apis');
    await page.getByRole('link', { name: /^orders-api/ }).click();
    await page.getByRole('button', { name: 'Call' }).click();
    await picture(page, 'api');
    await page.getByRole('link', { name: 'Its trace' }).click();
    const refusal = page.getByRole('treeitem', { name: /payment-service.*refused/ });
    await refusal.waitFor({ timeout: 20_000 });
    await page.keyboard.press('e');
    await page.getByText('Why it did not arrive').waitFor();
    expect(await page.locator('.why').textContent()).toMatch(/events\.amazonaws\.com/);
    await picture(page, 'refusal');
    await page.getByRole('link', { name: 'The story of this event' }).click();
    await page.locator('.story-line .reason').first().waitFor();
    await picture(page, 'event-refused');
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  test('an expression that is wrong is underlined where it is wrong', async () => {
    const { page } = await open(browser, server.endpoint);
    await page.goto('traces?filter=duration+%3E+1+AND+speed+%3E+2');
    await page.locator('.mistake mark').waitFor();
    expect(await page.locator('.mistake mark').textContent()).toBe('speed');
    await picture(page, 'filter-mistake');
    await page.context().close();
  });

  test('patterns are tested and events are put by form', async () => {
    const { page } = await open(browser, server.endpoint);
    await page.goto('events?tab=Test+a+pattern');
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByText('✓ matches').waitFor();
    await page.getByRole('textbox', { name: 'Pattern' }).fill('{"source": ["nobody"]}');
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByText('does not match').waitFor();
    await page.getByRole('tab', { name: 'Publish' }).click();
    await page.getByRole('button', { name: 'Put the event' }).click();
    await page.getByText('✓ durable').waitFor();
    await page.context().close();
  });

  test('a sampling rule is made, seen and deleted', async () => {
    const { page } = await open(browser, server.endpoint);
    await page.goto('sampling');
    await page.getByRole('button', { name: 'Add a rule' }).click();
    await page.getByLabel('Name', { exact: true }).fill('expensive');
    await page.getByLabel('Path, * and ? allowed').fill('*/orders-high/*');
    await picture(page, 'sampling');
    await page.getByRole('button', { name: 'Save' }).click();
    const row = page.getByRole('row', { name: /expensive/ });
    await row.waitFor();
    expect(await row.textContent()).toContain('*/orders-high/*');
    page.removeAllListeners('dialog');
    page.once('dialog', (dialog) => void dialog.accept());
    await row.getByRole('button', { name: 'Delete' }).click();
    await row.waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('a group is made, and narrows the traces', async () => {
    const { page, troubles } = await open(browser, server.endpoint);
    await page.goto('sampling?tab=Groups');
    await page.getByRole('button', { name: 'Add a group' }).click();
    await page.getByLabel('Name').fill('payments');
    await page.getByLabel('Filter expression').fill('service("Events")');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'payments' }).waitFor();
    await picture(page, 'groups');
    await page.getByRole('link', { name: 'Traces', exact: true }).last().click();
    expect(await page.getByRole('combobox', { name: 'Filter expression' }).inputValue()).toBe('service("Events")');
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  test('brushed traces are compared with the rest', async () => {
    const { page } = await open(browser, server.endpoint);
    await page.goto('traces');
    const over = page.locator('.u-over');
    await page.getByRole('table', { name: 'Traces' }).waitFor();
    const box = await over.boundingBox();
    if (!box) {
      throw new Error('the scatter has no size');
    }
    await page.mouse.move(box.x + box.width * 0.3, box.y + 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 2, box.y + box.height * 0.6, { steps: 5 });
    await page.mouse.up();
    await page.getByRole('button', { name: 'Compare with the rest' }).click();
    await page.getByRole('region', { name: 'What differs' }).waitFor();
    await picture(page, 'compare');
    await page.context().close();
  });

  test('what looks like markup or script is shown as text', async () => {
    const trace = traceId(0xbad);
    const now = Date.now() / 1_000 - 1;
    const document = (text: string, index: number) => ({
      trace_id: trace,
      id: hex(0xbad00 + index, 16),
      parent_id: index === 0 ? undefined : hex(0xbad00, 16),
      name: 'service',
      start_time: now,
      end_time: now + 0.5,
      user: text,
      fault: index === 1,
      origin: text,
      resource_arn: text,
      http: { request: { method: 'GET', url: text, user_agent: text }, response: { status: 200 } },
      annotations: { hostile: text },
      metadata: { default: { [text]: text } },
      cause: {
        exceptions: [
          { id: hex(0xbadc0 + index, 16), type: text, message: text, stack: [{ path: text, line: 1, label: text }] },
        ],
      },
      subsegments: [
        {
          id: hex(0xbade0 + index, 16),
          name: 'query',
          start_time: now,
          end_time: now + 0.1,
          sql: { sanitized_query: text, url: text },
        },
      ],
    });
    await putSegments(server.endpoint, HOSTILE.map(document));
    const { page, troubles } = await open(browser, server.endpoint);
    for (const place of ['map', `traces?find=${encodeURIComponent(HOSTILE[0] ?? '')}`, `traces/${trace}`]) {
      await page.goto(place);
      await settled(page);
      expect(await page.evaluate('window.hurt')).toBeUndefined();
    }
    for (const tab of ['Overview', 'Exceptions', 'Annotations', 'Metadata', 'JSON']) {
      await page.getByRole('tab', { name: tab }).click();
      expect(await page.locator('.details .tab-panel').textContent()).toContain('window.hurt');
    }
    expect(await page.locator('.page script, .page img').count()).toBe(0);
    expect(await page.evaluate('window.hurt')).toBeUndefined();
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  test('a trace of 5,000 subsegments stays fluid', async () => {
    const trace = traceId(0x5000);
    await putSegments(server.endpoint, large(trace, 5_000));
    const { page, troubles } = await open(browser, server.endpoint);
    await page.goto(`traces/${trace}`);
    await page.getByText('5050 rows').waitFor();
    expect(await page.getByRole('treeitem').count()).toBeLessThan(120);
    const began = Date.now();
    for (let step = 0; step < 40; step++) {
      await page.keyboard.press('j');
    }
    const perKey = (Date.now() - began) / 40;
    console.log(`console: one key moves in ${perKey.toFixed(1)} ms among 5,050 rows`);
    expect(perKey).toBeLessThan(500);
    await page.locator('.waterfall-rows').evaluate((element) => element.scrollTo(0, 90_000));
    await expect.poll(() => page.getByRole('treeitem', { name: /step 3\d\.\d+/ }).count()).toBeGreaterThan(10);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  test('a map of 300 nodes is laid out and moves', async () => {
    await putSegments(server.endpoint, wide(0x300, 300));
    const { page, troubles } = await open(browser, server.endpoint);
    const began = Date.now();
    await page.goto('map?live=off');
    await expect.poll(() => page.locator('.service-node').count(), { timeout: 60_000 }).toBeGreaterThan(300);
    console.log(`console: a map of 300 nodes is drawn after ${Date.now() - began} ms`);
    const { frames, changes } = await draggedAbout(page);
    console.log(`console: dragging it draws ${frames} frames in a second`);
    expect(changes).toBe(0); // it is moved, not made anew
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  test.each(['light', 'dark'] as const)('axe finds nothing serious in %s', async (colorScheme) => {
    const { page } = await open(browser, server.endpoint, { colorScheme });
    for (const place of [...PAGES, 'events?tab=Rules', 'events?tab=Publish', 'sampling?tab=Groups']) {
      await page.goto(place);
      await settled(page);
      expect(await graveFindings(page), place).toEqual([]);
    }
    await page.goto('traces');
    await page.getByRole('table', { name: 'Traces' }).getByRole('row').nth(1).getByRole('link').click();
    await page.getByRole('tree').waitFor();
    expect(await graveFindings(page), 'one trace').toEqual([]);
    await picture(page, `one-trace-${colorScheme}`);
    await page.context().close();
  });

  test('every page fits a screen of 390 pixels', async () => {
    const { page } = await open(browser, server.endpoint, { viewport: { width: 390, height: 844 } });
    for (const place of PAGES) {
      await page.goto(place);
      await settled(page);
      const width = await page.evaluate('document.querySelector(".page").scrollWidth');
      expect(width, place).toBeLessThanOrEqual(390);
    }
    await page.goto('traces');
    await page.getByRole('table', { name: 'Traces' }).getByRole('row').nth(1).getByRole('link').click();
    await page.getByRole('tree').waitFor();
    expect(await page.evaluate('document.querySelector(".page").scrollWidth')).toBeLessThanOrEqual(390);
    await picture(page, 'narrow');
    await page.context().close();
  });
});

/** What happens in a second in which the map is dragged about: frames drawn, and nodes that were changed for it. */
async function draggedAbout(page: Page): Promise<{ readonly frames: number; readonly changes: number }> {
  const counted = page.evaluate(COUNT);
  await page.mouse.move(500, 400);
  await page.mouse.down();
  const until = Date.now() + 1_000;
  for (let step = 0; Date.now() < until; step++) {
    await page.mouse.move(500 + (step % 40) * 4, 400 + (step % 25) * 3);
  }
  await page.mouse.up();
  return (await counted) as { frames: number; changes: number };
}

const COUNT = `new Promise((done) => {
  const began = performance.now();
  let frames = 0;
  let changes = 0;
  const observer = new MutationObserver((records) => (changes += records.length));
  observer.observe(document.querySelector('.react-flow__nodes'), { childList: true, subtree: true });
  const draw = () => {
    frames++;
    performance.now() - began < 1000 ? requestAnimationFrame(draw) : done({ frames, changes });
  };
  requestAnimationFrame(draw);
})`;
