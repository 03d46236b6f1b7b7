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
