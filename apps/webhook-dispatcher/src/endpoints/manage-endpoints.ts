import { Injectable } from '@nestjs/common';
import { DomainError, newPrefixedId } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { ALL_EVENTS, MAX_ENDPOINTS } from '@paygate/messages';
import type {
  ChangedEndpointHeader,
  CreateEndpointCommand,
  EndpointFamily,
  RotateEndpointSecretCommand,
  UpdateEndpointCommand,
} from '@paygate/messages';
import { TargetGuard } from '@paygate/nest-kit';
import { generateSigningSecret } from '@paygate/webhook-protocol';
import { EndpointDeliveriesRepository } from './endpoint-deliveries.repository.js';
import { EndpointDirectory } from './endpoint-directory.store.js';
import { UNKNOWN_HEALTH } from './endpoint-health.js';
import { checkCredentials, checkedEvents, checkedUrl, checkHeaders, checkSecret } from './endpoint-rules.js';
import type { GivenHeader } from './endpoint-rules.js';
import { EndpointSecrets } from './endpoint-secrets.js';
import type { EndpointRow } from './endpoint.schema.js';
import { EndpointsRepository } from './endpoints.repository.js';

const OVERLAP_HOURS = 24;
const HOUR_MS = 3_600_000;
/** Replaced secrets that still sign beside the current one. */
const MAX_REPLACED = 3;

export interface EndpointAndSecret {
  row: EndpointRow;
  secret: string;
}

type Registered = EndpointRow & { family: EndpointFamily };

/** What merchants do with their endpoints. */
@Injectable()
export class ManageEndpoints {
  constructor(
    private readonly repository: EndpointsRepository,
    private readonly deliveries: EndpointDeliveriesRepository,
    private readonly secrets: EndpointSecrets,
    private readonly directory: EndpointDirectory,
    private readonly guard: TargetGuard,
  ) {}

  /** @throws DomainError `validation_failed`, `already_exists`, `too_many_endpoints` */
  async create(scope: TenantScope, command: CreateEndpointCommand): Promise<EndpointAndSecret> {
    const { family, slot, description, merchantId, credentials, headers = [], events = [ALL_EVENTS] } = command;
    const target = checkedUrl(command.url, this.guard);
    const subscribed = checkedEvents(family, events);
    checkHeaders(headers, credentials !== undefined);
    if (credentials) checkCredentials(credentials);
    const secret = command.secret ?? generateSigningSecret();
    checkSecret(family, secret);
    if ((await this.repository.countRegistered(scope)) >= MAX_ENDPOINTS) throw new DomainError('too_many_endpoints');
    const now = new Date();
    const _id = newPrefixedId('we', now);
    const row: EndpointRow = {
      _id,
      organizationId: scope.organizationId,
      livemode: scope.livemode,
      ...{ family, slot, description, merchantId, events: subscribed },
      ...{ url: target.href, origin: target.origin, state: 'enabled', health: UNKNOWN_HEALTH },
      headers: this.secrets.sealHeaders(_id, headers),
      credentials: credentials && this.secrets.sealCredentials(_id, credentials),
      secrets: [this.secrets.sealSecret(_id, secret)],
      createdAt: now,
      updatedAt: now,
    };
    await this.repository.add(row);
    this.directory.forget(_id, row);
    return { row, secret };
  }

  /** @throws DomainError `endpoint_not_found`, `endpoint_not_editable`, `validation_failed`, `conflict` */
  async update(scope: TenantScope, command: UpdateEndpointCommand): Promise<EndpointRow> {
    const seen = await this.findRegistered(scope, command.endpointId);
    const { description, credentials } = command;
    const target = command.url === undefined ? undefined : checkedUrl(command.url, this.guard);
    const headers = command.headers && this.mergedHeaders(seen, command.headers);
    const hasCredentials = credentials === undefined ? seen.credentials !== undefined : credentials !== null;
    if (headers || credentials) checkHeaders(headers ?? this.secrets.headers(seen), hasCredentials);
    if (credentials) checkCredentials(credentials);
    const isMoved = target !== undefined && target.href !== seen.url;
    const set = {
      ...(target ? { url: target.href, origin: target.origin } : {}),
      ...(description ? { description } : {}),
      ...(command.events ? { events: checkedEvents(seen.family, command.events) } : {}),
      ...(headers ? { headers: this.secrets.sealHeaders(seen._id, headers) } : {}),
      ...(credentials ? { credentials: this.secrets.sealCredentials(seen._id, credentials) } : {}),
      // Another receiver; what is known is about the old one.
      ...(isMoved ? forgottenFailures() : {}),
      updatedAt: nextUpdate(seen),
    };
    const unset = { ...(description === null ? { description: 1 } : {}), ...(credentials === null ? { credentials: 1 } : {}) };
    const row = await this.changed(scope, seen._id, { $set: set, $unset: unset, ...(isMoved ? NEW_REVISION : {}) }, seen);
    if (isMoved) await this.deliveries.redirect(scope, row);
    return row;
  }

  /** @throws DomainError `endpoint_not_found`, `endpoint_not_editable`, `validation_failed`, `conflict` */
  async rotateSecret(scope: TenantScope, command: RotateEndpointSecretCommand): Promise<EndpointAndSecret> {
    const seen = await this.findRegistered(scope, command.endpointId);
    const secret = command.secret ?? generateSigningSecret();
    checkSecret(seen.family, secret);
    const now = Date.now();
    const end = now + (command.overlapHours ?? OVERLAP_HOURS) * HOUR_MS;
    const replaced = seen.secrets
      .map(({ ciphertext, validUntil }) => ({ ciphertext, validUntil: new Date(Math.min(validUntil?.getTime() ?? end, end)) }))
      .filter(({ validUntil }) => validUntil.getTime() > now)
      .slice(0, MAX_REPLACED);
    const secrets = [this.secrets.sealSecret(seen._id, secret), ...replaced];
    const row = await this.changed(scope, seen._id, { $set: { secrets, updatedAt: nextUpdate(seen) } }, seen);
    return { row, secret };
  }

  /** @throws DomainError `endpoint_not_found` */
  async enable(scope: TenantScope, endpointId: string): Promise<EndpointRow> {
    return this.changed(scope, endpointId, {
      $set: { state: 'enabled', ...forgottenFailures(), updatedAt: new Date() },
      $unset: { disabledReason: 1, disabledAt: 1 },
      ...NEW_REVISION,
    });
  }

  /** One that is disabled already keeps its reason. @throws DomainError `endpoint_not_found` */
  async disable(scope: TenantScope, endpointId: string): Promise<EndpointRow> {
    const seen = await this.repository.find(scope, endpointId);
    if (seen.state === 'disabled') return seen;
    const now = new Date();
    const row = await this.changed(scope, endpointId, {
      $set: { state: 'disabled', disabledReason: 'manual', disabledAt: now, 'health.openUntil': null, updatedAt: now },
      ...NEW_REVISION,
    });
    await this.deliveries.stop(scope, row, 'endpoint_disabled');
    return row;
  }

  /** @throws DomainError `endpoint_not_found`, `endpoint_not_editable` */
  async remove(scope: TenantScope, endpointId: string): Promise<void> {
    const seen = await this.findRegistered(scope, endpointId);
    await this.repository.remove(scope, endpointId);
    this.directory.forget(endpointId, seen);
    await this.deliveries.stop(scope, seen, 'endpoint_deleted');
  }

  private async findRegistered(scope: TenantScope, endpointId: string): Promise<Registered> {
    const row = await this.repository.find(scope, endpointId);
    if (!isRegistered(row)) throw new DomainError('endpoint_not_editable');
    return row;
  }

  private async changed(...args: Parameters<EndpointsRepository['change']>): Promise<EndpointRow> {
    const row = await this.repository.change(...args);
    this.directory.forget(row._id, row);
    return row;
  }

  /** A header without a value keeps the one it has. */
  private mergedHeaders(seen: EndpointRow, headers: readonly ChangedEndpointHeader[]): GivenHeader[] {
    const present = new Map(this.secrets.headers(seen).map(({ name, value }) => [name.toLowerCase(), value]));
    return headers.map(({ name, value }, at) => {
      const kept = value ?? present.get(name.toLowerCase());
      if (kept !== undefined) return { name, value: kept };
      throw DomainError.invalid({
        field: `headers[${at}].value`,
        code: 'required',
        message: `headers[${at}].value is needed: the endpoint has no header of that name.`,
      });
    });
  }
}

const NEW_REVISION = { $inc: { 'health.revision': 1 } } as const;

/** The known times of success and failure stay. */
function forgottenFailures(): Record<string, unknown> {
  const { failures, failingSince, outages, outageSince, openUntil, openings, probe, gone } = UNKNOWN_HEALTH;
  const known = { failures, failingSince, outages, outageSince, openUntil, openings, probe, gone };
  return Object.fromEntries(Object.entries(known).map(([name, value]) => [`health.${name}`, value]));
}

/** Later than what was seen, so that whoever has seen the same cannot write as well. */
function nextUpdate(seen: EndpointRow): Date {
  return new Date(Math.max(Date.now(), seen.updatedAt.getTime() + 1));
}

function isRegistered(row: EndpointRow): row is Registered {
  return row.family !== 'site_ipn';
}
