import { IpnReceiver } from '@paygate/testing';
import { Progress, Stack } from '@paygate/tools';
import type { DemoSeed, Merchant } from '@paygate/tools';

/** A running stack on free ports with its demo organization, and a merchant's server that receives notifications. */
export interface TestStack {
  readonly stack: Stack;
  readonly seed: DemoSeed;
  readonly merchant: Merchant;
  readonly shop: IpnReceiver;
  stop(): Promise<void>;
}

export async function startTestStack(serviceEnv: Readonly<Record<string, string>> = {}): Promise<TestStack> {
  const silent = new Progress(() => undefined);
  const stack = await Stack.startTemporary({ progress: silent, serviceEnv: { LOG_LEVEL: 'warn', ...serviceEnv } });
  try {
    const seed = await stack.seedDemo(true);
    const shop = await IpnReceiver.start();
    return {
      stack,
      seed,
      merchant: { adminApiUrl: stack.adminApiUrl, siteId: seed.siteId, apiKey: seed.apiKey ?? '' },
      shop,
      stop: async () => {
        await shop.stop();
        await stack.destroy();
      },
    };
  } catch (error) {
    await stack.destroy();
    throw error;
  }
}
