import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe finds wrong with the page as it is now, one line each; empty when nothing is. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  // By the debugger's door: the page's own policy lets no foreign script in.
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async (): Promise<Violation[]> => {
    const { axe: inPage } = window as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } };
    const { violations: found } = await inPage.run({ resultTypes: ['violations'] });
    return found;
  });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`));
}
