import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { acceptRequestId, acceptTraceparent, currentContext, newRequestId, runInContext } from './request-context.js';

describe('request context', () => {
  it('follows awaits and stays apart from other work', async () => {
    const seen = await Promise.all(
      ['a', 'b'].map((requestId) =>
        runInContext({ requestId }, async () => {
          await pause(1);
          return currentContext()?.requestId;
        }),
      ),
    );
    expect(seen).toEqual(['a', 'b']);
    expect(currentContext()).toBeUndefined();
  });

  it.each(['abc', 'A.b_c:d-9', 'x'.repeat(128), newRequestId()])('keeps the request id %s', (id) => {
    expect(acceptRequestId(id)).toBe(id);
  });

  it.each(['', 'x'.repeat(129), 'a b', 'a\nb', '<script>', 'ä', undefined, ['a', 'b']])('replaces the request id %j', (id) => {
    expect(acceptRequestId(id)).not.toBe(id);
    expect(acceptRequestId(id)).toMatch(/^[A-Za-z0-9._:-]{1,128}$/);
  });

  it('takes a trace context only when it is well-formed', () => {
    const good = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    expect(acceptTraceparent(good)).toBe(good);
    expect(acceptTraceparent(`${good}-x`)).toBeUndefined();
    expect(acceptTraceparent(undefined)).toBeUndefined();
  });
});
