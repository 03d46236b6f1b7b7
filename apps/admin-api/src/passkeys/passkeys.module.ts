import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChangesModule } from '../changes/index.js';
import { UsersModule } from '../users/index.js';
import { AllowedOriginGuard } from './allowed-origin.guard.js';
import { Ceremonies } from './ceremonies.js';
import { CeremoniesRepository } from './ceremonies.repository.js';
import { CeremonyCookie } from './ceremony-cookie.js';
import { CEREMONY_MODEL, ceremonySchema } from './ceremony.schema.js';
import { PASSKEY_MODEL, passkeySchema } from './passkey.schema.js';
import { PasskeyVerifier } from './passkey-verifier.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { RegisterPasskey } from './register-passkey.js';
import { RelyingParty } from './relying-party.js';
import { UsePasskey } from './use-passkey.js';

const SERVICES = [
  RelyingParty,
  AllowedOriginGuard,
  Ceremonies,
  CeremonyCookie,
  PasskeysRepository,
  PasskeyVerifier,
  RegisterPasskey,
  UsePasskey,
];

@Module({
  imports: [
    MongooseModule.forFeature([
      { name: PASSKEY_MODEL, schema: passkeySchema },
      { name: CEREMONY_MODEL, schema: ceremonySchema },
    ]),
    ChangesModule,
    UsersModule,
  ],
  providers: [CeremoniesRepository, ...SERVICES],
  exports: SERVICES,
})
export class PasskeysModule {}
