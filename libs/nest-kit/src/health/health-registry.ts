import { redactText } from '../logging/redaction.js';

const CHECK_DEADLINE_MS = 2_000;

export interface CheckResult {
  status: 'up' | 'down';
  latencyMs: number;
  critical: boolean;
  error?: string;
}

interface Check {
  run: () => Promise<void>;
  critical: boolean;
}

/** The dependencies of a service and how to ask whether each is there. */
export class HealthRegistry {
  private readonly checks = new Map<string, Check>();

  /**
   * @param check resolves when the dependency works, rejects with the reason when not; more than 2 s counts as down
   * @param o.critical whether the service is of no use without it
   */
  register(name: string, check: () => Promise<void>, o: { critical: boolean }): void {
    if (this.checks.has(name)) throw new Error(`the health check ${name} is registered twice`);
    this.checks.set(name, { run: check, critical: o.critical });
  }

  /** Runs all checks at once. */
  async run(): Promise<{ healthy: boolean; checks: Record<string, CheckResult> }> {
    const results = await Promise.all([...this.checks].map(async ([name, check]) => [name, await measure(check)] as const));
    return {
      healthy: results.every(([, result]) => result.status === 'up' || !result.critical),
      checks: Object.fromEntries(results),
    };
  }
}

async function measure({ run, critical }: Check): Promise<CheckResult> {
  const started = performance.now();
  const elapsed = () => Math.round((performance.now() - started) * 10) / 10;
  try {
    await withDeadline(run);
    return { status: 'up', latencyMs: elapsed(), critical };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { status: 'down', latencyMs: elapsed(), critical, error: redactText(reason) };
  }
}

async function withDeadline(run: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_DEADLINE_MS} ms`)), CHECK_DEADLINE_MS);
  });
  try {
    await Promise.race([run(), deadline]);
  } finally {
    clearTimeout(timer);
  }
}
