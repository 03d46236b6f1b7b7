import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import * as messages from './index.js';
import { defineBroadcast, defineEvent, defineRequest, defineSnapshot } from './index.js';
import type { EventContract, RequestContract } from './index.js';

class Anything {
  value?: string;
}

function isContract(value: unknown): value is RequestContract<object, object> | EventContract<object> {
  return typeof value === 'object' && value !== null && 'subject' in value;
}

describe('contracts', () => {
  it.each([
    'main.command.checkout.create',
    'other.command.a.b.v1',
    'main.event.a.b.v1',
    'main.query.a.b.v0',
    'main.query.a.507f1f77bcf86cd799439011.v1',
  ])('refuses the request subject %s', (subject) => {
    expect(() => defineRequest(subject, Anything, Anything)).toThrow(TypeError);
  });

  it.each(['main.command.a.b.v1', 'main.event.a.v1', 'main.event.a.b.c.v1'])('refuses the event subject %s', (subject) => {
    expect(() => defineEvent(subject, Anything)).toThrow(TypeError);
  });

  it.each(['main.event.a.b.v1', 'admin.broadcast.a.v1', 'admin.broadcast.a.b'])('refuses the broadcast subject %s', (subject) => {
    expect(() => defineBroadcast(subject, Anything)).toThrow(TypeError);
  });

  it('refuses a snapshot kind that would break its key', () => {
    expect(() => defineSnapshot('a.b', Anything)).toThrow(TypeError);
  });

  it('uses every subject once', () => {
    const exported: unknown[] = Object.values(messages);
    const subjects = exported.filter(isContract).map((contract) => contract.subject);
    expect(subjects.length).toBeGreaterThan(5);
    expect(new Set(subjects).size).toBe(subjects.length);
  });
});

describe('payload of a status change', () => {
  const golden = {
    organizationId: '507f1f77bcf86cd799439011',
    livemode: false,
    transactionId: '507f1f77bcf86cd799439012',
    checkoutId: '507f1f77bcf86cd799439013',
    siteId: '507f1f77bcf86cd799439014',
    providerId: '507f1f77bcf86cd799439015',
    sessionPublicId: 'cs_9hGt2mKqWv4xPz7R',
    status: 'succeeded',
    previousStatus: 'pending_provider',
    eventVersion: 3,
    amount: 4900,
    currency: 'EUR',
    occurredAt: '2026-03-08T14:00:00.000Z',
    externalReference: 'order_12345',
    ipnUrl: 'https://shop.example/ipn?source=paygate',
  };
  const problemsOf = (payload: object): string[] =>
    validateSync(plainToInstance(messages.TransactionStatusChanged, payload), { whitelist: true }).map((problem) => problem.property);

  it('accepts the golden example, also with a field a newer producer added', () => {
    expect(problemsOf(golden)).toEqual([]);
    expect(problemsOf({ ...golden, addedLater: true })).toEqual([]);
  });

  it.each([
    ['organizationId', { $gt: '' }],
    ['livemode', 'false'],
    ['status', 'paid'],
    ['eventVersion', 0],
    ['amount', 49.5],
    ['occurredAt', 'yesterday'],
  ])('refuses %s = %p', (field, value) => {
    expect(problemsOf({ ...golden, [field]: value })).toEqual([field]);
  });
});

describe('orders about endpoints', () => {
  const tenant = { organizationId: '507f1f77bcf86cd799439011', livemode: false };
  const problemsOf = (type: new () => object, payload: object): string[] =>
    validateSync(plainToInstance(type, { ...tenant, ...payload }), { whitelist: true }).map((problem) => problem.property);
  const endpoint = {
    family: 'merchant_webhook',
    slot: 'merchant',
    url: 'https://shop.example/hooks',
    events: ['transaction.status_changed'],
    headers: [{ name: 'x-shop', value: '1' }],
    credentials: { username: 'shop', password: 'secret' },
  };
  const transaction = {
    endpointId: 'we_1',
    transactionId: '507f1f77bcf86cd799439012',
    checkoutId: '507f1f77bcf86cd799439013',
    siteId: '507f1f77bcf86cd799439014',
    status: 'succeeded',
    eventVersion: 3,
    amount: 4900,
    currency: 'EUR',
    createdAt: '2026-03-08T14:00:00.000Z',
    updatedAt: '2026-03-08T14:01:00.000Z',
  };

  it.each([
    [messages.CreateEndpointCommand, endpoint],
    [messages.CreateEndpointCommand, { family: 'panel_webhook', url: 'https://shop.example' }],
    [messages.UpdateEndpointCommand, { endpointId: 'we_1', description: null, credentials: null, headers: [{ name: 'x-kept' }] }],
    [messages.RotateEndpointSecretCommand, { endpointId: 'we_1', overlapHours: 0 }],
    [messages.SendTransactionCommand, transaction],
    [messages.CreateReplayCommand, { endpointId: 'we_1', selection: 'failed', from: '2026-03-08T14:00:00Z', ratePerSecond: 200 }],
  ])('accepts %p', (type, payload) => {
    expect(problemsOf(type, payload)).toEqual([]);
  });

  it.each<[new () => object, string, object]>([
    [messages.CreateEndpointCommand, 'family', { ...endpoint, family: 'site_ipn' }],
    [messages.CreateEndpointCommand, 'url', { ...endpoint, url: '' }],
    [messages.CreateEndpointCommand, 'events', { ...endpoint, events: [] }],
    [messages.CreateEndpointCommand, 'headers', { ...endpoint, headers: [{ name: 'x', value: 7 }] }],
    [messages.CreateEndpointCommand, 'credentials', { ...endpoint, credentials: { username: 'shop' } }],
    [messages.ListEndpointsRequest, 'siteId', { page: 1, limit: 10, siteId: { $ne: '' } }],
    [messages.SendTransactionCommand, 'status', { ...transaction, status: 'paid' }],
    [messages.CreateReplayCommand, 'ratePerSecond', { endpointId: 'we_1', selection: 'all', ratePerSecond: 0 }],
    [messages.CreateReplayCommand, 'selection', { endpointId: 'we_1', selection: 'dead' }],
  ])('%p refuses a wrong %s', (type, field, payload) => {
    expect(problemsOf(type, payload)).toEqual([field]);
  });
});
