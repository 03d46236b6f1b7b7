import { Progress } from '../progress.js';
import { Stack } from '../stack/stack.js';
import { measureCheckouts } from './checkout-throughput.js';
import { measureDeliveries } from './delivery-throughput.js';
import { measureKeyCheck } from './key-check.js';

/**
 * `npm run bench`: throughput as ratios to a bare baseline taken in the same run on the same machine and database,
 * because absolute figures say more about the machine than about the program.
 */
export async function bench(): Promise<number> {
  const progress = new Progress();
  const stack = await Stack.startTemporary({ progress, serviceEnv: { LOG_LEVEL: 'warn' } });
  try {
    const seed = await progress.step('Demo organization', () => stack.seedDemo(true));
    const checkouts = await progress.step('Creating checkouts, against a bare Fastify + mongoose insert', () =>
      measureCheckouts(stack, seed),
    );
    const deliveries = await progress.step('Delivering notifications, against a bare BullMQ + undici loop', () =>
      measureDeliveries(stack, seed),
    );
    const keyCheck = await progress.step('Checking an API key, against the same answer from a bare open server', () =>
      measureKeyCheck(stack, seed),
    );
    progress.line('');
    for (const line of [...checkouts.report, ...deliveries.report, ...keyCheck.report]) progress.line(`  ${line}`);
    return 0;
  } finally {
    await stack.destroy();
  }
}
