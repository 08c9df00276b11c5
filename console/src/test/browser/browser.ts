// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

const CANDIDATES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The machine's own browser; undefined if it has none. */
export const executable = CANDIDATES.find((candidate) => candidate && existsSync(candidate));

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: executable ?? '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page, and everything that went wrong in it: exceptions, violated policies, calls to anybody else. */
export interface Watched {
  readonly page: Page;
  readonly troubles: string[];
}

export async function open(browser: Browser, endpoint: string, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({
    baseURL: `${endpoint}/console/`,
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(`exception: ${error.message}`));
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/i.test(message.text())) {
      troubles.push(`policy: ${message.text()}`);
    }
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(endpoint) && !request.url().startsWith('blob:')) {
      troubles.push(`request: ${request.url()}`);
    }
  });
  return { page, troubles };
}

/** Keeps a picture for the documents if the run is asked for pictures. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.CLEW_PICTURES;
  if (folder) {
    await page.screenshot({ path: `${folder}/${name}.png`, animations: 'disabled' });
  }
}

/** Waits until the page has what it asked for; the stream of news stays open, so that the network is never idle. */
export async function settled(page: Page): Promise<void> {
  await page.locator('#page').waitFor();
  await expect.poll(() => page.locator('.skeleton, .page-loading, [aria-busy=true]').count(), { timeout: 20_000 }).toBe(0);
  await page.waitForTimeout(250);
}
