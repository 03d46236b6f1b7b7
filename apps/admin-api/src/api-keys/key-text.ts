import { randomToken } from '@paygate/kernel';
import type { Environment } from './api-key.schema.js';

/** The parts of `sk_live_<keyId>.<secret>`. */
export interface KeyParts {
  environment: Environment;
  keyId: string;
  secret: string;
}

const KEY_ID_LENGTH = 20;
const SECRET_LENGTH = 43;
const FORM = /^sk_(live|test)_([A-Za-z0-9]{1,64})\.([A-Za-z0-9_-]{1,128})$/;

export function newKeyParts(environment: Environment): KeyParts {
  return withNewSecret({ environment, keyId: randomToken(KEY_ID_LENGTH) });
}

/** 43 characters of an alphabet of 56: about 250 bits. */
export function withNewSecret({ environment, keyId }: Pick<KeyParts, 'environment' | 'keyId'>): KeyParts {
  return { environment, keyId, secret: randomToken(SECRET_LENGTH) };
}

export function writeKey(parts: KeyParts): string {
  return `${keyPrefix(parts)}.${parts.secret}`;
}

/** The public first half of a key. */
export function keyPrefix({ environment, keyId }: Pick<KeyParts, 'environment' | 'keyId'>): string {
  return `sk_${environment}_${keyId}`;
}

/** Undefined when the text does not have the form of a key. */
export function readKey(text: string): KeyParts | undefined {
  const [, environment, keyId, secret] = FORM.exec(text) ?? [];
  if (environment === undefined || keyId === undefined || secret === undefined) return undefined;
  return { environment: environment === 'live' ? 'live' : 'test', keyId, secret };
}
