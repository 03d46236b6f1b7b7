import { describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { runInContext } from '../context/request-context.js';
import { createLogger } from './logger.js';
import { NestPinoLogger } from './nest-pino-logger.js';

function capture(level = 'info') {
  const lines: string[] = [];
  const logger = createLogger('probe', level, { write: (line) => void lines.push(line) });
  return { logger, lines, last: () => JSON.parse(lines.at(-1) ?? 'null') as Record<string, unknown> };
}

describe('createLogger', () => {
  it('writes level, time, service and the fields given', () => {
    const { logger, last } = capture();
    logger.info({ method: 'GET' }, 'request');
    expect(last()).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      service: 'probe',
      method: 'GET',
      msg: 'request',
    });
  });

  it('adds the request id of the current context, unless the line names one', () => {
    const { logger, last } = capture();
    runInContext({ requestId: 'req-1' }, () => logger.info('inside'));
    expect(last()['requestId']).toBe('req-1');
    runInContext({ requestId: 'req-1' }, () => logger.info({ requestId: 'req-2' }, 'inside'));
    expect(last()['requestId']).toBe('req-2');
    logger.info('outside');
    expect(last()).not.toHaveProperty('requestId');
  });

  it('keeps errors with their stack and cause, and nothing else of them', () => {
    const { logger, lines, last } = capture();
    const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    const error = Object.assign(new Error('no database', { cause }), { config: { headers: { authorization: 'Bearer hidden' } } });
    logger.error({ err: error }, 'failed');
    expect(last()['err']).toEqual({
      type: 'Error',
      message: 'no database',
      stack: expect.stringContaining('logger.spec'),
      cause: { type: 'Error', message: 'refused', code: 'ECONNREFUSED', stack: expect.any(String) },
    });
    expect(lines.join()).not.toContain('hidden');
  });

  it('cuts secrets out of fields, messages and stacks', () => {
    const { logger, lines } = capture();
    logger.info({ headers: { cookie: 'session=1' }, note: 'sk_live_k.zzz', buyer: 'jane@example.com' }, 'whsec_abc and Bearer abcdefghi');
    logger.error({ err: new Error('key sk_test_k.zzz was refused') });
    const all = lines.join();
    for (const secret of ['session=1', 'zzz', 'jane', 'whsec_abc', 'abcdefghi']) expect(all).not.toContain(secret);
    for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
  });
});

describe('NestPinoLogger', () => {
  it.each([
    ['log', 'info'],
    ['error', 'error'],
    ['warn', 'warn'],
    ['debug', 'debug'],
    ['verbose', 'trace'],
    ['fatal', 'fatal'],
  ] as const)('%s becomes %s', (method, level) => {
    const { logger, last } = capture('trace');
    new NestPinoLogger(logger)[method]('hello', 'Here');
    expect(last()).toMatchObject({ level, msg: 'hello', context: 'Here' });
  });

  it('understands the forms of Nest and of classes using its Logger', () => {
    const { logger, last } = capture();
    Logger.overrideLogger(new NestPinoLogger(logger));
    const nest = new Logger('Relay');
    nest.error('it broke', 'Error: it broke\n    at here');
    expect(last()).toMatchObject({ msg: 'it broke', context: 'Relay', stack: 'Error: it broke\n    at here' });
    nest.error(new Error('thrown'));
    expect(last()).toMatchObject({ msg: 'thrown', context: 'Relay', err: { type: 'Error', message: 'thrown' } });
    nest.error({ err: new Error('inner'), task: 'sweep' }, 'a task failed');
    expect(last()).toMatchObject({ msg: 'a task failed', context: 'Relay', task: 'sweep', err: { message: 'inner' } });
    nest.warn('three left', { left: 3 });
    expect(last()).toMatchObject({ msg: 'three left', context: 'Relay', left: 3 });
  });
});
