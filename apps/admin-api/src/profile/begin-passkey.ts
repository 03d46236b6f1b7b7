import { Injectable } from '@nestjs/common';
import { Ceremonies, PasskeysRepository, PasskeyVerifier } from '../passkeys/index.js';
import { GetSettings } from './get-settings.js';

/** First half of adding another passkey. */
@Injectable()
export class BeginPasskey {
  constructor(
    private readonly people: GetSettings,
    private readonly passkeys: PasskeysRepository,
    private readonly verifier: PasskeyVerifier,
    private readonly ceremonies: Ceremonies,
  ) {}

  /** @throws DomainError `user_not_found` */
  async execute(userId: string): Promise<{ options: object; cookie: string }> {
    const user = await this.people.execute(userId);
    const options = await this.verifier.registrationOptions(user, await this.passkeys.listOfUser(userId));
    return { options, cookie: await this.ceremonies.begin(options.challenge, { kind: 'registration', for: 'user', userId }) };
  }
}
