import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey } from '@paygate/data-kit';
import { Model } from 'mongoose';
import { NativeCollection } from '../deliveries/index.js';
import { ENDPOINT_MODEL } from './endpoint.schema.js';
import type { EndpointRow } from './endpoint.schema.js';
import { siteEndpoint } from './site-endpoint.js';
import type { SiteReceiver } from './site-endpoint.js';

/** How old a copy may be: a change made by another instance is seen after that. */
const FRESH_MS = 1_000;
const REMEMBERED = 10_000;

export interface TenantKey {
  organizationId: string;
  livemode: boolean;
}

interface Copy<T> {
  readAt: number;
  value: T;
}

/**
 * Copies of endpoints for those who handle many notifications a second: first everything a group needs is loaded at once, then it is
 * looked up. Works for all tenants and answers no caller.
 */
@Injectable()
export class EndpointDirectory {
  private readonly endpoints: NativeCollection<EndpointRow>;
  private readonly byId = new Map<string, Copy<EndpointRow | undefined>>();
  private readonly byTenant = new Map<string, Copy<readonly EndpointRow[]>>();
  /** What is being read, so that many who need the same read it once. */
  private readonly reading = new Map<string, Promise<void>>();

  constructor(@InjectModel(ENDPOINT_MODEL) endpoints: Model<EndpointRow>) {
    this.endpoints = new NativeCollection(endpoints);
  }

  /** Undefined when there is none, or {@link load} was not told of it. */
  get(endpointId: string): EndpointRow | undefined {
    return this.byId.get(endpointId)?.value;
  }

  /** What a tenant has registered, as far as {@link loadTenants} was told of the tenant. */
  registeredBy(tenant: TenantKey): readonly EndpointRow[] {
    return this.byTenant.get(keyOf(tenant))?.value ?? [];
  }

  /** Whether {@link load} would not read it. */
  isFresh(endpointId: string): boolean {
    return !isStale(this.byId.get(endpointId), Date.now());
  }

  async load(endpointIds: Iterable<string>): Promise<void> {
    const now = Date.now();
    const stale = [...new Set(endpointIds)].filter((id) => isStale(this.byId.get(id), now));
    if (stale.length > 0) await this.once(stale, (ids) => this.readEndpoints(ids, now));
  }

  async loadTenants(tenants: Iterable<TenantKey>): Promise<void> {
    const now = Date.now();
    const stale = new Set<string>();
    for (const tenant of tenants) {
      const key = keyOf(tenant);
      if (isStale(this.byTenant.get(key), now)) stale.add(key);
    }
    if (stale.size > 0) await this.once([...stale], (keys) => this.readTenants(keys, now));
  }

  /** Makes the endpoints of sites that do not exist yet. */
  async ensure(receivers: ReadonlyMap<string, SiteReceiver>): Promise<void> {
    await this.load(receivers.keys());
    const missing = [...receivers].filter(([id]) => this.get(id) === undefined);
    if (missing.length === 0) return;
    const rows = missing.map(([, receiver]) => siteEndpoint(receiver, new Date()));
    try {
      await this.endpoints.insert(rows, { ordered: false });
    } catch (error) {
      // Another instance was first.
      if (!isDuplicateKey(error)) throw error;
    }
    for (const row of rows) this.byId.set(row._id, { readAt: 0, value: row });
  }

  /** Reads what nobody is reading, and waits for the rest. */
  private async once(keys: string[], read: (keys: string[]) => Promise<void>): Promise<void> {
    const waiting = new Set(keys.flatMap((key) => this.reading.get(key) ?? []));
    const mine = keys.filter((key) => !this.reading.has(key));
    if (mine.length > 0) {
      const reading = read(mine).finally(() => {
        for (const key of mine) this.reading.delete(key);
      });
      for (const key of mine) this.reading.set(key, reading);
      waiting.add(reading);
    }
    await Promise.all(waiting);
  }

  private async readEndpoints(ids: string[], now: number): Promise<void> {
    const rows = await this.endpoints.documents.find({ _id: { $in: ids } }).toArray();
    const found = new Map(rows.map((row) => [row._id, row]));
    makeRoom(this.byId);
    for (const id of ids) this.byId.set(id, { readAt: now, value: found.get(id) });
  }

  private async readTenants(keys: string[], now: number): Promise<void> {
    const organizationIds = [...new Set(keys.map((key) => key.split(':')[0] ?? ''))];
    const rows = await this.endpoints.documents
      .find({ organizationId: { $in: organizationIds }, family: { $ne: 'site_ipn' } })
      .sort({ createdAt: 1 })
      .toArray();
    makeRoom(this.byTenant);
    for (const key of keys) this.byTenant.set(key, { readAt: now, value: rows.filter((row) => keyOf(row) === key) });
    for (const row of rows) this.byId.set(row._id, { readAt: now, value: row });
  }

  /** It was changed: the next load reads it again. */
  forget(endpointId: string, tenant?: TenantKey): void {
    this.byId.delete(endpointId);
    if (tenant) this.byTenant.delete(keyOf(tenant));
  }
}

function keyOf({ organizationId, livemode }: TenantKey): string {
  return `${organizationId}:${livemode ? 'live' : 'test'}`;
}

function isStale(copy: Copy<unknown> | undefined, now: number): boolean {
  return copy === undefined || now - copy.readAt >= FRESH_MS;
}

function makeRoom(copies: Map<string, unknown>): void {
  if (copies.size >= REMEMBERED) copies.clear();
}
