import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Keyring } from '@paygate/data-kit';
import { AdminConfig } from '../../admin-config.js';
import { RelyingParty } from '../../passkeys/index.js';
import { AnnounceSetup } from './announce-setup.js';
import { SetupLink } from './setup-link.js';
import { SetupToken } from './setup-token.js';
import type { SetupRepository } from './setup.repository.js';

const keyring = Keyring.parse(`k1:${randomBytes(32).toString('base64')}`);
const config = (fields: Partial<AdminConfig> = {}): AdminConfig => Object.assign(new AdminConfig(), fields);

describe('SetupToken', () => {
  it('is the same in every instance with the same key, and only there', () => {
    const token = new SetupToken(keyring, config());
    expect(new SetupToken(keyring, config()).text).toBe(token.text);
    expect(new SetupToken(Keyring.parse(`k1:${randomBytes(32).toString('base64')}`), config()).text).not.toBe(token.text);
  });

  it('can be chosen', () => expect(new SetupToken(keyring, config({ SETUP_TOKEN: 'x'.repeat(20) })).text).toBe('x'.repeat(20)));

  it('matches itself, with blanks around it from copying', () => {
    const token = new SetupToken(keyring, config());
    expect([token.text, ` ${token.text}\n`, '', token.text.slice(1), `${token.text}x`].map((given) => token.matches(given))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('AnnounceSetup', () => {
  beforeAll(() => {
    Logger.overrideLogger(false);
  });

  async function printed(isOpen: boolean | Error, NODE_ENV: AdminConfig['NODE_ENV'] = 'production'): Promise<string[]> {
    const lines: string[] = [];
    const settings = config({ NODE_ENV, ADMIN_PUBLIC_URL: 'https://api.example.com', SETUP_TOKEN: 'correct horse battery' });
    // What the database would say.
    const setup = {
      isOpenForOperators: () => (isOpen instanceof Error ? Promise.reject<boolean>(isOpen) : Promise.resolve(isOpen)),
    } as SetupRepository;
    const link = new SetupLink(setup, new SetupToken(keyring, settings), new RelyingParty(settings));
    const announcing = new AnnounceSetup(settings, link, (line) => lines.push(line));
    await announcing.onApplicationBootstrap();
    return lines;
  }

  it('prints the link while there is no administrator', async () => {
    expect(await printed(true)).toEqual([
      'Register the first administrator at https://api.example.com/sign-in#setup=correct%20horse%20battery',
    ]);
  });

  it.each<[string, boolean | Error, AdminConfig['NODE_ENV']]>([
    ['when there is one', false, 'production'],
    ['when the database is away', new Error('away'), 'production'],
    ['in tests', true, 'test'],
  ])('prints nothing %s', async (_name, isOpen, environment) => expect(await printed(isOpen, environment)).toEqual([]));
});
