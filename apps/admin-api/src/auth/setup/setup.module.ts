import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { PasskeysModule } from '../../passkeys/index.js';
import { SetupLink } from './setup-link.js';
import { SetupToken } from './setup-token.js';
import { SetupRepository } from './setup.repository.js';
import { SETUP_MODEL, setupSchema } from './setup.schema.js';

/** How the first administrator comes to be. */
@Module({
  imports: [MongooseModule.forFeature([{ name: SETUP_MODEL, schema: setupSchema }]), PasskeysModule],
  providers: [SetupRepository, SetupToken, SetupLink],
  exports: [SetupRepository, SetupToken, SetupLink],
})
export class SetupModule {}
