import type { ProviderHealth } from '@paygate/payments-domain';
import type { Redis } from 'ioredis';

/** What is remembered of a provider nobody has paid through for so long is of no use any more. */
const KEPT_MS = 3_600_000;

/** Writes only when nobody else has written since the value was read. */
const REPLACE = `
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
`;

interface Scripted {
  replaceIfSame(key: string, before: string, after: string, keptMs: number): Promise<number>;
}

/** A provider's health as it was read; `text` is what a change of it compares with. */
export interface StoredHealth {
  readonly text: string;
  readonly health: ProviderHealth | undefined;
}

/**
 * The health of providers in Redis, shared by all instances. Redis because it is written with every payment and worth
 * nothing after a few minutes; losing it makes every provider usable, which is what happens without it, too.
 */
export class HealthStore {
  private readonly scripted: Scripted;

  constructor(private readonly redis: Redis) {
    redis.defineCommand('replaceIfSame', { numberOfKeys: 1, lua: REPLACE });
    this.scripted = redis as unknown as Scripted;
  }

  async read(providerIds: readonly string[]): Promise<StoredHealth[]> {
    if (providerIds.length === 0) return [];
    const texts = await this.redis.mget(providerIds.map(keyOf));
    return texts.map((text) => ({ text: text ?? '', health: parse(text) }));
  }

  /** False when it has changed since it was read. */
  async replace(providerId: string, { text }: StoredHealth, health: ProviderHealth): Promise<boolean> {
    return (await this.scripted.replaceIfSame(keyOf(providerId), text, JSON.stringify(health), KEPT_MS)) === 1;
  }
}

function keyOf(providerId: string): string {
  return `paygate:provider-health:${providerId}`;
}

/** Another version may have written it in a form we do not know. */
function parse(text: string | null): ProviderHealth | undefined {
  if (text === null) return undefined;
  const value = JSON.parse(text) as Partial<ProviderHealth> | null;
  return Array.isArray(value?.slices) && typeof value.pauses === 'number' ? (value as ProviderHealth) : undefined;
}
