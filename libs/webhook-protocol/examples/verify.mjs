import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether a notification of any family is genuine and fresh.
 * `secrets`: the signing secret, or several while you replace it. `headers`: as Node delivers them, in lower case.
 * `rawBody`: the bytes as received, before parsing. `now`: unix seconds.
 */
export function isGenuine(secrets, headers, rawBody, now = Date.now() / 1000) {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const received = headers['webhook-signature'];
  if (!id || !received || !/^\d+$/.test(timestamp ?? '') || Math.abs(now - Number(timestamp)) > 300) return false;
  return secrets.some((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    const expected = Buffer.from(`v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(rawBody).digest('base64')}`);
    return received.split(' ').some((one) => {
      const signature = Buffer.from(one);
      return signature.length === expected.length && timingSafeEqual(signature, expected);
    });
  });
}

/** What the header of a family's own must be, made with the current secret. */
export function ownSignature(family, secret, headers, rawBody) {
  const hmac = (algorithm) => createHmac(algorithm, secret);
  if (family === 'site_ipn') return hmac('sha256').update(`${headers['x-signature-timestamp']}.`).update(rawBody).digest('hex');
  if (family === 'platform_webhook') return hmac('sha512').update(rawBody).digest('hex');
  return `sha256=${hmac('sha256').update(rawBody).digest('hex')}`;
}
