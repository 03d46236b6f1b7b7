import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { deriveKey, Keyring } from '@paygate/data-kit';
import { AdminConfig } from '../../admin-config.js';

/** 32 characters nobody mistakes for another, 5 bits each. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const GROUPS = 4;
const GROUP_LENGTH = 6;

/** What whoever runs the server proves it with: 120 bits from the encryption key, so that every instance prints the same. */
@Injectable()
export class SetupToken {
  readonly text: string;

  constructor(keyring: Keyring, config: AdminConfig) {
    this.text = config.SETUP_TOKEN ?? derivedToken(deriveKey(keyring, 'setup-token'));
  }

  /** In constant time. */
  matches(given: string): boolean {
    return timingSafeEqual(digest(given.trim()), digest(this.text));
  }
}

function derivedToken(key: Buffer): string {
  const letters = [...key.subarray(0, GROUPS * GROUP_LENGTH)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length));
  return Array.from({ length: GROUPS }, (_, group) => letters.slice(group * GROUP_LENGTH, (group + 1) * GROUP_LENGTH).join('')).join('-');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
