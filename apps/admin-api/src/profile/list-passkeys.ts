import { Injectable } from '@nestjs/common';
import { PasskeysRepository } from '../passkeys/index.js';
import type { Passkey } from '../passkeys/index.js';

@Injectable()
export class ListPasskeys {
  constructor(private readonly passkeys: PasskeysRepository) {}

  /** Oldest first. */
  async execute(userId: string): Promise<Passkey[]> {
    return this.passkeys.listOfUser(userId);
  }
}
