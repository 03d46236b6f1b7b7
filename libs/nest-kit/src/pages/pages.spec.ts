import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from '@jest/globals';
import { BrowserAssets } from './browser-assets.js';
import { contentSecurityPolicy, permissionsPolicy } from './html-reply.js';

describe('contentSecurityPolicy', () => {
  it('allows nothing of others', () => {
    expect(contentSecurityPolicy()).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
  });

  it('allows the logo and the one style of the page', () => {
    const policy = contentSecurityPolicy({ styleNonce: 'bm9uY2U=', imageOrigins: ['https://cdn.example'] });
    expect(policy).toContain("style-src 'self' 'nonce-bm9uY2U='");
    expect(policy).toContain("img-src 'self' https://cdn.example");
  });

  it('runs only the scripts of this answer when they carry a nonce', () => {
    const policy = contentSecurityPolicy({ scriptNonce: 'bm9uY2U=', scriptOrigins: ['https://js.provider.example'] });
    expect(policy).toContain("script-src 'nonce-bm9uY2U=' https://js.provider.example;");
  });

  it('opens for a provider what the provider needs, and nothing else', () => {
    const policy = contentSecurityPolicy({
      scriptOrigins: ['https://js.provider.example'],
      connectOrigins: ['https://api.provider.example'],
      frameOrigins: ['https://js.provider.example', 'https://hooks.provider.example'],
    });
    expect(policy).toBe(
      "default-src 'none'; script-src 'self' https://js.provider.example; style-src 'self'; img-src 'self'; connect-src 'self' https://api.provider.example; frame-src https://js.provider.example https://hooks.provider.example; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
  });
});

describe('permissionsPolicy', () => {
  it('closes what no page of ours asks for', () => {
    expect(permissionsPolicy()).toBe('camera=(), geolocation=(), microphone=(), payment=()');
  });

  it('lets the frames of a provider open the wallet of the device', () => {
    const policy = permissionsPolicy({ frameOrigins: ['https://js.provider.example', 'https://*.js.provider.example'] });
    expect(policy).toMatch(/ payment=\(self "https:\/\/js\.provider\.example" "https:\/\/\*\.js\.provider\.example"\)$/);
  });
});

describe('BrowserAssets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paygate-assets-'));
  writeFileSync(join(folder, 'page.css'), ':root { --brand: red }');
  writeFileSync(join(folder, 'text.css'), 'p { margin: 0 }');
  writeFileSync(join(folder, 'api.js'), 'export const api = 1;');
  writeFileSync(join(folder, 'page.js'), "import { api } from './api.js';\nconsole.log('./api.js', api);");
  const assets = new BrowserAssets(pathToFileURL(`${folder}/`), '/page/assets/', [
    'page.css',
    { name: 'all.css', parts: ['page.css', 'text.css'] },
    'api.js',
    'page.js',
  ]);
  const fileName = (name: string): string => assets.address(name).replace('/page/assets/', '');

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('names files by their content', () => expect(fileName('page.css')).toMatch(/^page\.[0-9a-f]{16}\.css$/));

  it('puts the parts of a bundle behind each other', () => {
    expect(assets.find(fileName('all.css'))?.body.toString()).toBe(':root { --brand: red }p { margin: 0 }');
  });

  it('lets scripts import each other by these names', () => {
    const body = assets.find(fileName('page.js'))?.body.toString();
    expect(body).toBe(`import { api } from './${fileName('api.js')}';\nconsole.log('./api.js', api);`);
  });

  it.each([
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['', undefined, (body: Buffer) => body],
  ])('compresses for %p', (accepted, encoding, open) => {
    const asset = assets.find(fileName('page.css'), accepted);
    expect([asset?.encoding, asset?.contentType]).toEqual([encoding, 'text/css; charset=utf-8']);
    expect(open(asset!.body).toString()).toContain('--brand');
  });

  it.each(['page.css', '../page.css', 'page.0000000000000000.css', '__proto__'])('does not know %p', (name) => {
    expect(assets.find(name)).toBeUndefined();
  });
});
