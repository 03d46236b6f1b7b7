import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger, MetricsRegistry } from '@paygate/nest-kit';
import { MainConfig } from '../src/main-config.js';
import { readViesAnswer } from '../src/vat-ids/vies-answer.js';
import type { ViesAnswer } from '../src/vat-ids/vies-answer.js';
import { ViesClient } from '../src/vat-ids/vies-client.js';
import { ViesFake } from './fakes/vies/vies-fake.js';
import type { ViesWord } from './fakes/vies/vies-fake.js';

const REQUESTER = { countryCode: 'DE', vatNumber: '136695976' };
const unavailable = (reason: string): object => ({ kind: 'unavailable', reason });

let fake: ViesFake;
let client: ViesClient;
let logged = '';

beforeAll(async () => {
  fake = await ViesFake.start();
  client = clientOf(fake.url);
});
afterAll(async () => {
  await client.onApplicationShutdown();
  await fake.stop();
});

function clientOf(url: string, timeoutMs = 5_000): ViesClient {
  const config = Object.assign(new MainConfig(), { VIES_URL: url, VIES_TIMEOUT_MS: timeoutMs });
  const log = new Writable({
    write(chunk, _encoding, done) {
      logged += String(chunk);
      done();
    },
  });
  return new ViesClient(config, createLogger('test', 'trace', log), new MetricsRegistry('test'));
}

/** So that no two rows of a table meet; together, because some wait before they try again. */
let numbers = 0;
async function askAll(rows: readonly ViesWord[][]): Promise<{ answer: ViesAnswer; times: number }[]> {
  return Promise.all(
    rows.map(async (words) => {
      const vatNumber = `9${String(++numbers).padStart(8, '0')}`;
      fake.says(`AT${vatNumber}`, ...words);
      const answer = await client.ask({ countryCode: 'AT', vatNumber });
      return { answer, times: fake.timesAsked(`AT${vatNumber}`) };
    }),
  );
}

describe('the documented test numbers', () => {
  const TABLE: readonly [number: string, answer: object, times: number][] = [
    ['100', { kind: 'valid', companyName: 'John Doe', address: '123 Main St, Anytown, UK' }, 1],
    ['200', { kind: 'invalid' }, 1],
    ['201', { kind: 'invalid' }, 1],
    ['202', unavailable('INVALID_REQUESTER_INFO'), 1],
    ['300', unavailable('SERVICE_UNAVAILABLE'), 2],
    ['301', unavailable('MS_UNAVAILABLE'), 2],
    ['302', unavailable('TIMEOUT'), 2],
    ['400', unavailable('VAT_BLOCKED'), 1],
    ['401', unavailable('IP_BLOCKED'), 1],
    ['500', unavailable('GLOBAL_MAX_CONCURRENT_REQ'), 2],
    ['501', unavailable('GLOBAL_MAX_CONCURRENT_REQ_TIME'), 2],
    ['600', unavailable('MS_MAX_CONCURRENT_REQ'), 2],
    ['601', unavailable('MS_MAX_CONCURRENT_REQ_TIME'), 2],
  ];
  it('give what they stand for, with one more try where it may help', async () => {
    const seen = await Promise.all(TABLE.map(([vatNumber]) => client.ask({ countryCode: 'BE', vatNumber })));
    const rows = TABLE.map(([vatNumber], index) => [vatNumber, seen[index], fake.timesAsked(`BE${vatNumber}`)]);
    expect(rows).toEqual(TABLE.map((row) => [...row]));
  });
});

describe('a service in trouble', () => {
  it('is never taken for an answer', async () => {
    const seen = await askAll([['garbage'], ['html_503'], ['unknown_error'], ['huge'], ['redirect'], ['reset']]);
    expect(seen).toEqual([
      { answer: unavailable('UNREADABLE_ANSWER'), times: 1 },
      { answer: unavailable('UNREADABLE_ANSWER'), times: 1 },
      { answer: unavailable('UNREADABLE_ANSWER'), times: 1 },
      { answer: unavailable('UNREADABLE_ANSWER'), times: 1 },
      { answer: unavailable('NO_CONNECTION'), times: 2 },
      { answer: unavailable('NO_CONNECTION'), times: 2 },
    ]);
  });

  it('that recovers at once costs one more try', async () => {
    const seen = await askAll([
      ['MS_UNAVAILABLE', 'VALID'],
      ['reset', 'INVALID'],
      ['MS_MAX_CONCURRENT_REQ', 'VAT_BLOCKED'],
    ]);
    expect(seen.map(({ answer, times }) => [answer.kind, times])).toEqual([
      ['valid', 2],
      ['invalid', 2],
      ['unavailable', 2],
    ]);
  });

  it('that is silent is not waited for', async () => {
    const impatient = clientOf(fake.url, 150);
    fake.says('AT900000000', 'silence');
    expect(await impatient.ask({ countryCode: 'AT', vatNumber: '900000000' })).toEqual(unavailable('NO_ANSWER_IN_TIME'));
    expect(fake.timesAsked('AT900000000')).toBe(1);
    await impatient.onApplicationShutdown();
  });

  it('that is not there is no connection', async () => {
    const lost = clientOf('http://127.0.0.1:9');
    expect(await lost.ask({ countryCode: 'AT', vatNumber: 'U13585627' })).toEqual(unavailable('NO_CONNECTION'));
    await lost.onApplicationShutdown();
  });
});

describe('the requester', () => {
  it('is named, and gets a consultation number', async () => {
    fake.knows('ATU13585627', { name: 'Muster GmbH', address: 'Ring 1\n1010 Wien' });
    const answer = await client.ask({ countryCode: 'AT', vatNumber: 'U13585627' }, REQUESTER);
    expect(answer).toEqual({
      kind: 'valid',
      companyName: 'Muster GmbH',
      address: 'Ring 1\n1010 Wien',
      consultationNumber: expect.stringMatching(/^WAPI/),
    });
    expect(fake.questions.at(-1)).toEqual({
      countryCode: 'AT',
      vatNumber: 'U13585627',
      requesterMemberStateCode: 'DE',
      requesterNumber: '136695976',
    });
  });

  it('that the service does not know is left out', async () => {
    fake.says('ATU14189108', 'INVALID_REQUESTER_INFO', 'VALID');
    const answer = await client.ask({ countryCode: 'AT', vatNumber: 'U14189108' }, REQUESTER);
    expect(answer).toEqual({ kind: 'valid', companyName: 'John Doe', address: '123 Main St, Anytown, UK', consultationNumber: undefined });
    expect(fake.questions.at(-1)).toEqual({ countryCode: 'AT', vatNumber: 'U14189108' });
  });
});

describe('readViesAnswer', () => {
  it.each<[body: string, answer: object]>([
    ['', unavailable('UNREADABLE_ANSWER')],
    ['null', unavailable('UNREADABLE_ANSWER')],
    ['[]', unavailable('UNREADABLE_ANSWER')],
    ['"valid"', unavailable('UNREADABLE_ANSWER')],
    ['{}', unavailable('UNREADABLE_ANSWER')],
    ['{"valid":"true"}', unavailable('UNREADABLE_ANSWER')],
    ['{"valid":1}', unavailable('UNREADABLE_ANSWER')],
    ['{"actionSucceed":false}', unavailable('UNREADABLE_ANSWER')],
    ['{"actionSucceed":false,"errorWrappers":[null]}', unavailable('UNREADABLE_ANSWER')],
    ['{"actionSucceed":false,"errorWrappers":{"error":"TIMEOUT"}}', unavailable('UNREADABLE_ANSWER')],
    ['{"actionSucceed":false,"errorWrappers":[{"error":"constructor"}]}', unavailable('UNREADABLE_ANSWER')],
    ['{"actionSucceed":false,"valid":true,"errorWrappers":[{"error":"TIMEOUT"}]}', unavailable('TIMEOUT')],
    ['{"valid":false,"userError":"MS_UNAVAILABLE"}', unavailable('MS_UNAVAILABLE')],
    ['{"valid":false,"userError":"INVALID"}', { kind: 'invalid' }],
    ['{"valid":false}', { kind: 'invalid' }],
    ['{"valid":true,"name":"---","address":"---","requestIdentifier":""}', { kind: 'valid' }],
    ['{"valid":true,"name":7,"address":null}', { kind: 'valid' }],
    ['{"valid":true,"name":" A\\u0000B\\u200b  C ","address":"\\nStreet 1 \\r\\n\\r\\n 1000  X\\n"}', { kind: 'valid', companyName: 'A B C', address: 'Street 1\n1000 X' }], // prettier-ignore
    [JSON.stringify({ valid: true, name: 'n'.repeat(600) }), { kind: 'valid', companyName: 'n'.repeat(500) }],
  ])('%s', (body, answer) => expect(readViesAnswer(body)).toEqual(answer));
});

it('writes no VAT id and nothing of the answers into the log', () => {
  expect(logged).toContain('MS_UNAVAILABLE');
  for (const word of ['13585627', '14189108', '136695976', '900000000', 'John Doe', 'Muster', 'secret', 'Vies.java']) {
    expect(logged).not.toContain(word);
  }
});
