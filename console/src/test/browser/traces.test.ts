// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { graveFindings } from './axe';
import { executable, launch, open, picture, settled } from './browser';
import { type Document, hex, putSegments } from './segments';
import { type Server, startServer } from './server';

const TIERS = ['gold', 'gold', 'free', 'free', 'free', 'free'];

/** Groups of traces, two traces beside each other, a trace's own map, links, and news without asking. */
describe.skipIf(!executable)('traces, in a browser', () => {
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), launch()]);
    await putSegments(server.endpoint, TIERS.flatMap((tier, index) => purchase(tier, index)));
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const rows = (page: Page) => page.getByRole('table', { name: 'Traces' }).getByRole('row');

  test('they are grouped by an annotation, and a group becomes the filter', async () => {
    const { page, troubles } = await open(browser, server.endpoint);
    await page.goto('traces');
    await expect.poll(() => rows(page).count()).toBe(1 + TIERS.length);
    await page.getByRole('combobox', { name: 'Group by' }).selectOption('annotation tier');
    const groups = page.getByRole('region', { name: 'Traces by annotation tier' });
    expect(await groups.getByRole('row').allTextContents()).toEqual([
      expect.stringContaining('Traces'),
      expect.stringMatching(/^free4/),
      expect.stringMatching(/^gold2/),
    ]);
    await page.getByRole('button', { name: 'Outcomes' }).click();
    await page.getByRole('img', { name: /traces over time/ }).waitFor();
    await picture(page, 'groups-of-traces');
    expect(await graveFindings(page)).toEqual([]);
    await groups.getByRole('button', { name: 'gold' }).click();
    await expect.poll(() => rows(page).count()).toBe(3);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  test('a brush over the histogram of durations leaves the slow ones', async () => {
    const { page } = await open(browser, server.endpoint);
    await page.goto('traces?chart=Durations');
    await expect.poll(() => rows(page).count()).toBe(1 + TIERS.length);
    const box = await page.locator('.u-over').boundingBox();
    if (!box) {
      throw new Error('the histogram has no size');
    }
    await page.mouse.move(box.x + box.width * 0.75, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 2, box.y + 30, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => rows(page).count()).toBe(3);
    await page.context().close();
  });

  test('two are compared step by step', async () => {
    const { page, troubles } = await open(browser, server.endpoint);
    await page.goto('traces?order=slowest');
    await expect.poll(() => rows(page).count()).toBe(1 + TIERS.length);
    await rows(page).last().getByRole('link').click();
    await page.getByRole('tree').waitFor();
    await page.getByRole('link', { name: 'Compare' }).click();
    await page.getByText('choose the trace to compare with').waitFor();
    await rows(page).filter({ hasText: 'gold' }).first().getByRole('link').click();
    await page.getByRole('heading', { name: 'Two traces' }).waitFor();
    const charge = page.getByRole('row', { name: /charge/ });
    expect(await charge.textContent()).toContain('+');
    expect(await page.getByRole('row', { name: /tier/ }).textContent()).toMatch(/free.*gold/);
    expect(await graveFindings(page)).toEqual([]);
    await picture(page, 'two-traces');
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  test('a trace has a map of its own, links lead to the trace that caused it, and it is exported', async () => {
    const { page, troubles } = await open(browser, server.endpoint);
    await page.goto(`traces/${purchaseId(1)}`);
    await page.getByRole('tree').waitFor();
    await page.getByRole('link', { name: purchaseId(0) }).click();
    await page.getByRole('treeitem', { name: /charge/ }).waitFor();
    expect(page.url()).toContain(purchaseId(0));
    await page.getByRole('button', { name: 'Map', exact: true }).click();
    const nodes = page.getByRole('region', { name: 'Map of this trace' }).locator('.service-node');
    await expect.poll(() => nodes.count()).toBeGreaterThanOrEqual(2);
    await picture(page, 'trace-map');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export JSON' }).click();
    const exported = JSON.parse(readFileSync(await (await download).path(), 'utf8'));
    expect(exported).toMatchObject({ Id: purchaseId(0), Segments: [{ name: 'shop' }, { name: 'payment' }] });
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  test('a new trace is there without being asked for', async () => {
    const { page, troubles } = await open(browser, server.endpoint);
    const stream = page.waitForRequest(/\/_clew\/live$/);
    await page.goto('traces');
    await expect.poll(() => rows(page).count()).toBe(1 + TIERS.length);
    await stream;
    await settled(page);
    await putSegments(server.endpoint, purchase('new', 99, Date.now()));
    await expect.poll(() => rows(page).count()).toBe(2 + TIERS.length);
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});

const BEGAN = Date.now();

function purchaseId(index: number): string {
  return `1-${hex(Math.floor(BEGAN / 1_000), 8)}-${hex(0xc0 + index, 24)}`;
}

/** A shop that has a payment charged, more slowly for those who pay more; each is linked to the one before. */
function purchase(tier: string, index: number, began = BEGAN - 10_000 + index * 100): Document[] {
  const start = began / 1_000;
  const took = tier === 'gold' ? 2 : 0.2;
  const id = 0xd000 + index * 16;
  return [
    {
      trace_id: purchaseId(index),
      id: hex(id, 16),
      name: 'shop',
      start_time: start,
      end_time: start + took,
      http: { request: { method: 'POST', url: 'http://shop/purchases' }, response: { status: 200 } },
      annotations: { tier },
      ...(index > 0 && {
        links: [
          {
            trace_id: purchaseId(index - 1),
            id: hex(id - 16, 16),
            attributes: { 'aws.xray.reserved.reference_type': 'parent' },
          },
        ],
      }),
      subsegments: [
        { id: hex(id + 1, 16), name: 'payment', namespace: 'remote', start_time: start, end_time: start + took * 0.9 },
      ],
    },
    {
      trace_id: purchaseId(index),
      id: hex(id + 2, 16),
      parent_id: hex(id + 1, 16),
      name: 'payment',
      start_time: start,
      end_time: start + took * 0.9,
      subsegments: [{ id: hex(id + 3, 16), name: 'charge', start_time: start, end_time: start + took * 0.8 }],
    },
  ];
}
