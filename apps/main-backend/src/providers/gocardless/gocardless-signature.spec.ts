import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { isSignedBy } from './gocardless-signature.js';

describe('isSignedBy', () => {
  const body = Buffer.from('{"events":[]}');
  const signature = createHmac('sha256', 'secret').update(body).digest('hex');

  it('takes the signature of these bytes in either case', () => {
    expect([isSignedBy('secret', body, signature), isSignedBy('secret', body, signature.toUpperCase())]).toEqual([true, true]);
  });

  it.each([
    ['another secret', 'other', body, signature],
    ['other bytes', 'secret', Buffer.from('{"events":[] }'), signature],
    ['half of it', 'secret', body, signature.slice(0, 32)],
    ['nothing', 'secret', body, ''],
    ['no hex', 'secret', body, 'z'.repeat(64)],
    ['more than one', 'secret', body, `${signature}${signature}`],
  ])('refuses %s', (_what, secret, bytes, given) => expect(isSignedBy(secret, bytes, given)).toBe(false));
});
