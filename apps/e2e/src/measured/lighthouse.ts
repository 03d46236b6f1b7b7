import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PROGRAM = createRequire(import.meta.url).resolve('lighthouse/cli/index.js');

export const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
type Category = (typeof CATEGORIES)[number];
/** From 0 to 100. */
export type Scores = Readonly<Record<Category, number>>;

export type Device = 'desktop' | 'phone';

/** Lighthouse's own presets: a phone on a slow network with a slow processor, a desktop on a fast network. */
const DEVICE_ARGS: Readonly<Record<Device, readonly string[]>> = { desktop: ['--preset=desktop'], phone: ['--form-factor=mobile'] };

interface Report {
  readonly categories: Readonly<Record<Category, { readonly score: number | null }>>;
  readonly audits: Readonly<Record<string, { readonly title: string; readonly score: number | null; readonly scoreDisplayMode: string }>>;
}

export interface Verdict {
  readonly scores: Scores;
  /** What Lighthouse would like to be otherwise, to be read when a score is low. */
  readonly findings: readonly string[];
}

/** Looks at a page once. @param debuggingPort of a browser that may be disturbed, for its cache is emptied */
export async function lookWithLighthouse(url: string, device: Device, debuggingPort: number): Promise<Verdict> {
  const args = [
    PROGRAM,
    url,
    ...DEVICE_ARGS[device],
    `--port=${debuggingPort}`,
    `--only-categories=${CATEGORIES.join(',')}`,
    // What takes time and no score depends on.
    '--disable-full-page-screenshot',
    '--skip-audits=screenshot-thumbnails,final-screenshot,bf-cache',
    '--no-enable-error-reporting',
    '--output=json',
    '--output-path=stdout',
    '--quiet',
  ];
  const { categories, audits } = await reportOf(args);
  const scoreOf = (category: Category): number => Math.round((categories[category].score ?? 0) * 100);
  const wanting = Object.values(audits).filter(
    ({ score, scoreDisplayMode }) => scoreDisplayMode !== 'informative' && score !== null && score < 0.9,
  );
  return {
    scores: { performance: scoreOf('performance'), accessibility: scoreOf('accessibility'), 'best-practices': scoreOf('best-practices') },
    findings: wanting.map(({ title, score }) => `${title} (${score})`),
  };
}

/** On a busy machine Chromium now and then records too little of a page; Lighthouse says so instead of judging. */
const NO_LOOK = /\b(NO_[A-Z_]+|SPEEDINDEX_OF_ZERO|PAGE_HUNG|CRI_TIMEOUT|PROTOCOL_TIMEOUT|TARGET_CRASHED)\b/;
const MOST_TRIES = 4;

async function reportOf(args: readonly string[]): Promise<Report> {
  for (let tries = 1; ; tries++) {
    try {
      const { stdout } = await run(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 });
      return JSON.parse(stdout) as Report;
    } catch (error) {
      if (tries === MOST_TRIES || !(error instanceof Error) || !NO_LOOK.test(error.message)) throw error;
    }
  }
}
