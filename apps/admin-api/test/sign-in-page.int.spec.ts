import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdminStack } from './fixture/admin-stack.js';

let stack: AdminStack;
let page: { status: number; headers: Headers; text: string };

beforeAll(async () => {
  stack = await AdminStack.start({ PASSKEY_RP_NAME: 'Ada & Co <b>', PASSKEY_ORIGINS: 'https://example.com,https://admin.example.com' });
  const response = await fetch(`${stack.url}/sign-in`);
  page = { status: response.status, headers: response.headers, text: await response.text() };
});

afterAll(() => stack.stop());

describe('the sign-in page', () => {
  it('runs nothing but its own files, is framed by nobody and kept by no cache', () => {
    expect(page.status).toBe(200);
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
    });
    expect(page.text).not.toMatch(/<script(?! type="module" src="\/sign-in\/assets\/)| on[a-z]+=|style=/);
  });

  it('shows the name of the platform as text, and knows where passkeys work', () => {
    expect(page.text).toContain('Ada &amp; Co &lt;b>');
    expect(page.text).toContain('data-origins="https://example.com https://admin.example.com"');
  });

  it('finds every file it names; they may be kept forever', async () => {
    const addresses = [...new Set([...page.text.matchAll(/\/sign-in\/assets\/[a-z0-9.-]+/g)].map(([address]) => address))];
    expect(addresses).toHaveLength(6);
    for (const address of addresses) {
      const response = await fetch(`${stack.url}${address}`);
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      for (const [, imported] of (await response.text()).matchAll(/ from '\.\/([^']+)'/g)) {
        expect(addresses).toContain(`/sign-in/assets/${imported}`);
      }
    }
  });

  it.each(['page.js', 'page.0000000000000000.js', '..%2f..%2fpackage.json', '%00'])('has no file %s', async (name) => {
    expect((await fetch(`${stack.url}/sign-in/assets/${name}`)).status).toBe(404);
  });
});
