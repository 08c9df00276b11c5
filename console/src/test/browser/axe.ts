// SPDX-License-Identifier: Apache-2.0
import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const GRAVE = ['serious', 'critical'];

/** What axe finds serious or critical on the page, each with the place where it is. */
export async function graveFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source); // evaluated by the debugger: the page's own policy would refuse it
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
  return violations
    .filter(({ impact }) => GRAVE.includes(impact ?? ''))
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
    );
}
