import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { buildIpnBody } from './ipn-body.js';
import type { IpnFacts, IpnVersion } from './ipn-body.js';
import { signIpn } from './sign-ipn.js';
import type { IpnHeaders } from './sign-ipn.js';
import { verifyIpn } from './verify-ipn.js';

interface Golden {
  version: IpnVersion;
  secrets: [string, ...string[]];
  facts: Omit<IpnFacts, 'occurredAt'> & { occurredAt: string };
  attemptAt: string;
  body: string;
  headers: IpnHeaders;
}

const directory = join(import.meta.dirname, '../golden');
const names = readdirSync(directory).filter((name) => name.endsWith('.json'));

describe('the golden notifications', () => {
  it('are all here', () => expect(names).toHaveLength(4));

  describe.each(names)('%s', (name) => {
    const golden = JSON.parse(readFileSync(join(directory, name), 'utf8')) as Golden;
    const facts: IpnFacts = { ...golden.facts, occurredAt: new Date(golden.facts.occurredAt) };
    const timestamp = new Date(golden.attemptAt);

    it('has the body we build, byte for byte', () => {
      expect(buildIpnBody(golden.version, facts)).toBe(golden.body);
    });

    it('has the headers we sign', () => {
      const { secrets, body, version } = golden;
      expect(signIpn({ secrets, timestamp, deliveryId: facts.deliveryId, body, version })).toEqual(golden.headers);
    });

    it('verifies by the documented HMAC', () => {
      const signed = `${golden.headers['X-Signature-Timestamp']}.${golden.body}`;
      const expected = createHmac('sha256', golden.secrets[0]).update(signed, 'utf8').digest('hex');
      expect(golden.headers['X-Signature-HMAC-SHA256']).toBe(expected);
    });

    it('verifies by the published Standard Webhooks library with each live secret', () => {
      const headers = signIpn({
        secrets: golden.secrets,
        timestamp: new Date(),
        deliveryId: facts.deliveryId,
        body: golden.body,
        version: golden.version,
      });
      for (const secret of golden.secrets) {
        const webhook = new Webhook(secret);
        expect(webhook.verify(golden.body, headers)).toEqual(JSON.parse(golden.body));
        // The library only verifies fresh timestamps; of the recorded ones it can make the same signature.
        expect(golden.headers['webhook-signature'].split(' ')).toContain(webhook.sign(facts.deliveryId, timestamp, golden.body));
      }
      expect(() => new Webhook('whsec_c29tZWJvZHkgZWxzZSdzIGtleSE=').verify(golden.body, headers)).toThrow('No matching signature');
    });

    it('verifies by verifyIpn with each live secret', () => {
      for (const secret of golden.secrets) {
        const verified = verifyIpn({ secret, headers: golden.headers, body: golden.body, now: timestamp });
        expect(verified).toMatchObject({ ok: true, version: golden.version, deliveryId: facts.deliveryId });
      }
    });
  });
});
