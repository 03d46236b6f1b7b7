import { describe, expect, it } from '@jest/globals';
import { readServerAddresses } from './server-addresses.js';

describe('readServerAddresses', () => {
  it.each([
    ['nats://127.0.0.1:4333', { servers: ['127.0.0.1:4333'] }],
    ['nats://nats', { servers: ['nats:4222'] }],
    ['nats://a:1, nats://b:2', { servers: ['a:1', 'b:2'] }],
    ['nats://[::1]:4222', { servers: ['[::1]:4222'] }],
    ['nats://app:p%40ss@host:1', { servers: ['host:1'], user: 'app', pass: 'p@ss' }],
    ['nats://t0ken@host:1', { servers: ['host:1'], token: 't0ken' }],
    ['tls://host:1', { servers: ['host:1'], tls: {} }],
  ])('reads %s', (url, expected) => {
    expect(readServerAddresses(url)).toEqual(expected);
  });

  it.each(['', 'localhost:4222', 'http://host', 'nats://', 'nats://a,'])('refuses "%s"', (url) => {
    expect(() => readServerAddresses(url)).toThrow(/^address \d of NATS_URL must look like nats:\/\/host:4222$/);
  });

  it('keeps credentials out of the error', () => {
    let message = '';
    try {
      readServerAddresses('http://user:hunter2@host');
    } catch (error) {
      message = String(error);
    }
    expect(message).toMatch(/^TypeError: /);
    expect(message).not.toContain('hunter2');
  });
});
