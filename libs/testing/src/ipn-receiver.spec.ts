import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { IpnReceiver } from './ipn-receiver.js';

describe('IpnReceiver', () => {
  let receiver: IpnReceiver;
  beforeEach(async () => {
    receiver = await IpnReceiver.start();
  });
  afterEach(async () => {
    await receiver.stop();
  });

  const post = (path: string, body: string): Promise<Response> =>
    fetch(receiver.url + path, { method: 'POST', body, headers: { 'x-test': 'yes' } });

  it('records method, path, headers and the exact bytes', async () => {
    await post('/ipn?a=1', '{"amount": 1.0 }\n');
    const request = await receiver.next();
    expect(request).toMatchObject({ method: 'POST', path: '/ipn?a=1' });
    expect(request.headers['x-test']).toBe('yes');
    expect(request.rawBody.toString()).toBe('{"amount": 1.0 }\n');
  });

  it('answers as told, also request by request', async () => {
    receiver.reply({ status: 503, headers: { 'retry-after': '7' }, body: 'later' });
    const refused = await post('/', 'a');
    expect([refused.status, refused.headers.get('retry-after'), await refused.text()]).toEqual([503, '7', 'later']);
    receiver.reply((request) => ({ status: request.path === '/good' ? 200 : 410 }));
    expect([(await post('/good', '')).status, (await post('/bad', '')).status]).toEqual([200, 410]);
  });

  it('waits before it answers when told so', async () => {
    receiver.reply({ delayMs: 60 });
    const started = performance.now();
    await post('/', '');
    expect(performance.now() - started).toBeGreaterThanOrEqual(55);
  });

  it('hands out each request once, whether it came before or after the question', async () => {
    await post('/', 'first');
    const bodyOf = async (wanted: RegExp): Promise<string> =>
      (await receiver.next((r) => wanted.test(r.rawBody.toString()))).rawBody.toString();
    const later = bodyOf(/second/);
    await post('/', 'second');
    expect(await later).toBe('second');
    expect(await bodyOf(/./)).toBe('first');
    await expect(receiver.next(() => true, 20)).rejects.toThrow('no matching request within 20 ms; 2 received in all');
  });
});
