import { Module } from '@nestjs/common';
import { ChangesModule } from '../changes/index.js';
import { PasskeysModule } from '../passkeys/index.js';
import { SessionsModule } from '../sessions/index.js';
import { UsersModule } from '../users/index.js';
import { AddPasskey } from './add-passkey.js';
import { BeginPasskey } from './begin-passkey.js';
import { DeletePasskey } from './delete-passkey.js';
import { GetSettings } from './get-settings.js';
import { ListPasskeys } from './list-passkeys.js';
import { PasskeysController } from './passkeys.controller.js';
import { RenamePasskey } from './rename-passkey.js';
import { SettingsController } from './settings.controller.js';
import { UpdateSettings } from './update-settings.js';

/** What signed-in people do about themselves. */
@Module({
  imports: [ChangesModule, UsersModule, PasskeysModule, SessionsModule],
  controllers: [SettingsController, PasskeysController],
  providers: [GetSettings, UpdateSettings, ListPasskeys, BeginPasskey, AddPasskey, RenamePasskey, DeletePasskey],
})
export class ProfileModule {}
