import type { ProviderAdapter } from './provider-adapter.js';

/** The adapters of this installation, by provider type. */
export class ProviderRegistry {
  private readonly byType: ReadonlyMap<string, ProviderAdapter>;

  /** @throws TypeError when two adapters claim one type */
  constructor(adapters: readonly ProviderAdapter[]) {
    this.byType = new Map(adapters.map((adapter) => [adapter.type, adapter]));
    if (this.byType.size !== adapters.length) throw new TypeError('two provider adapters have the same type');
  }

  get(type: string): ProviderAdapter | undefined {
    return this.byType.get(type);
  }
}
