import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller } from '@nestjs/common';
import { connect } from '@nats-io/transport-node';
import { DomainError } from '@paygate/kernel';
import { currentContext, runInContext } from '@paygate/nest-kit';
import type { RequestContext } from '@paygate/nest-kit';
import { startNats } from '@paygate/testing';
import type { RunningServer } from '@paygate/testing';
import { HandlesRequest } from '../src/index.js';
import { Line, note, NoteRequest, quote, Quote, QuoteRequest } from './contracts.js';
import { startMessagingApp } from './messaging-app.js';
import type { MessagingApp } from './messaging-app.js';

/** What the handler of `note` does next, and what it saw. */
let writeNote: (request: NoteRequest) => Promise<object | undefined>;
let contexts: (RequestContext | undefined)[] = [];

@Controller()
class QuoteMessages {
  @HandlesRequest(quote)
  async get(request: QuoteRequest): Promise<Quote> {
    contexts.push(currentContext());
    if (!request.lines.every((line) => line instanceof Line)) throw new Error('the lines were not made instances');
    const total = request.lines.reduce((sum, line) => sum + line.quantity, 0);
    return Promise.resolve({ total, seen: Object.keys(request) });
  }

  @HandlesRequest(note)
  async write(request: NoteRequest): Promise<object> {
    return (await writeNote(request)) as object;
  }
}

describe('requests', () => {
  let nats: RunningServer;
  let admin: MessagingApp;
  let main: MessagingApp;

  beforeAll(async () => {
    nats = await startNats();
    main = await startMessagingApp({ url: nats.url, service: 'main', controllers: [QuoteMessages], consumes: [quote, note] });
    admin = await startMessagingApp({ url: nats.url, service: 'admin' });
  });
  afterAll(async () => {
    await admin.app.close();
    await main.app.close();
    await nats.stop();
  });
  afterEach(() => {
    contexts = [];
  });

  const failure = async (promise: Promise<unknown>): Promise<DomainError> => {
    const error: unknown = await promise.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(DomainError);
    return error as DomainError;
  };

  it('carries payload, answer and context', async () => {
    const context: RequestContext = {
      requestId: 'req-1',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      actor: 'api_key:abc',
      organizationId: '507f1f77bcf86cd799439011',
    };
    const lines = [
      { name: 'a', quantity: 2 },
      { name: 'b', quantity: 3 },
    ];
    const answer = await runInContext(context, () => admin.rpc.request(quote, { customer: 'x', lines }));
    expect(answer).toEqual({ total: 5, seen: ['customer', 'lines'] });
    expect(contexts).toEqual([context]);
  });

  it('gives work without a context a request id of its own', async () => {
    await admin.rpc.request(quote, { customer: 'x', lines: [] });
    expect(contexts[0]?.requestId).toMatch(/^[A-Za-z0-9._:-]{1,128}$/);
  });

  it.each([
    new DomainError('checkout_not_found'),
    new DomainError('invalid_transition', 'from paid to open', { from: 'paid', to: 'open' }),
    DomainError.invalid({ field: 'items[0].quantity', code: 'min', message: 'too small' }),
    new DomainError('provider_error', 'the provider is down'),
  ])('rebuilds the error $code with status, text and details', async (thrown) => {
    writeNote = () => Promise.reject(thrown);
    const error = await failure(admin.rpc.request(note, { text: 't' }));
    expect([error.code, error.status, error.message, error.details]).toEqual([thrown.code, thrown.status, thrown.message, thrown.details]);
  });

  it('makes any other failure an internal error, told to the log and not to the caller', async () => {
    writeNote = () => Promise.reject(new Error('password of the database is hunter2'));
    const error = await failure(admin.rpc.request(note, { text: 't' }));
    expect(error.code).toBe('internal_error');
    expect(JSON.stringify(error.toWire())).not.toContain('hunter2');
    expect(main.logs.text).toMatch(/QuoteMessages\.write failed Error: password of the database is hunter2\n {4}at /);
  });

  it('answers with an internal error when the answer is too large to send', async () => {
    writeNote = () => Promise.resolve({ huge: 'x'.repeat(2_000_000) });
    expect((await failure(admin.rpc.request(note, { text: 't' }))).code).toBe('internal_error');
  });

  it('lets a handler answer nothing', async () => {
    writeNote = () => Promise.resolve(undefined);
    expect(await admin.rpc.request(note, { text: 't' })).toBeUndefined();
  });

  it.each([
    ['a wrong nested field', JSON.stringify({ customer: 'x', lines: [{ name: 'a', quantity: 0 }] }), ['lines[0].quantity']],
    ['several wrong fields', JSON.stringify({ lines: 7 }), ['customer', 'lines']],
    ['a list', '[]', ['']],
    ['no JSON', 'hello', ['']],
    ['nothing', '', ['']],
  ])('refuses %s from a sender that did not check', async (_, body, fields) => {
    const sender = await connect({ servers: nats.url });
    const reply = (await sender.request(quote.subject, body)).json<{ error: { code: string; details: { field: string }[] } }>();
    await sender.close();
    expect(reply.error.code).toBe('validation_failed');
    expect(reply.error.details.map((problem) => problem.field)).toEqual(fields);
    expect(contexts).toEqual([]);
  });

  it('drops fields it does not know', async () => {
    const sender = await connect({ servers: nats.url });
    const reply = (await sender.request(quote.subject, JSON.stringify({ customer: 'x', lines: [], added: 1 }))).json();
    await sender.close();
    expect(reply).toEqual({ result: { total: 0, seen: ['customer', 'lines'] } });
  });

  it('refuses to send a payload that does not fit', async () => {
    const wrong = { customer: 'x', lines: [{ name: 'a', quantity: 0.5 }] };
    await expect(admin.rpc.request(quote, wrong)).rejects.toThrow(/does not fit main\.query\.quote\.get\.v1: lines\[0\]\.quantity: /);
  });

  it('says that the service is unavailable when nobody listens', async () => {
    const deaf = { ...quote, subject: 'main.query.nobody.get.v1' };
    const started = performance.now();
    expect((await failure(admin.rpc.request(deaf, { customer: 'x', lines: [] }))).code).toBe('service_unavailable');
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('stops waiting at the deadline', async () => {
    let finish: () => void = () => undefined;
    writeNote = () => new Promise((resolve) => (finish = () => resolve(undefined)));
    const started = performance.now();
    const error = await failure(admin.rpc.request(note, { text: 't' }, { deadlineMs: 150 }));
    const waited = performance.now() - started;
    finish();
    expect([error.code, error.status]).toEqual(['upstream_timeout', 504]);
    expect(waited).toBeGreaterThan(140);
    expect(waited).toBeLessThan(1_000);
  });

  it('finishes the requests at hand when it is stopped, and new ones go to the other instance', async () => {
    const other = await startMessagingApp({ url: nats.url, service: 'main', controllers: [QuoteMessages] });
    let begun = 0;
    writeNote = async ({ text }) => {
      begun += 1;
      await sleep(100);
      return { text };
    };
    const answers = Array.from({ length: 40 }, (_, n) => admin.rpc.request(note, { text: String(n) }));
    while (begun < 40) await sleep(5);
    await other.app.close();
    const late = admin.rpc.request(note, { text: 'late' });
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 40 }, (_, n) => ({ text: String(n) })));
    expect(await late).toEqual({ text: 'late' });
    expect(await other.counted('paygate_rpc_duration_seconds')).toBeGreaterThan(0);
  });
});
