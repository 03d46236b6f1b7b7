import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** What is needed of a browser's page: to evaluate an expression in it. */
export interface BrowserPage {
  evaluate(expression: string): Promise<unknown>;
}

interface Rule {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

const PROGRAM = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** Frames are others' pages. */
const LOOK = `axe.run({ resultTypes: ['violations'], iframes: false }).then(({ passes, violations }) => ({ passes, violations }))`;

/** What axe finds wrong with the page as it is now, one line each; empty when nothing is. */
export async function accessibilityProblems(page: BrowserPage): Promise<string[]> {
  // By the debugger's door: the page's own policy lets no foreign script in.
  await page.evaluate(await readFile(PROGRAM, 'utf8'));
  const { passes, violations } = (await page.evaluate(LOOK)) as { passes: Rule[]; violations: Rule[] };
  if (passes.length === 0) throw new Error('axe found nothing to look at');
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`));
}
