import { Module } from '@nestjs/common';
import { ChangesModule } from '../changes/index.js';
import { MembersModule } from '../members/index.js';
import { SessionsModule } from '../sessions/index.js';
import { UsersModule } from '../users/index.js';
import { ChangeStanding } from './change-standing.js';
import { GetUser } from './get-user.js';
import { ListUsers } from './list-users.js';
import { SystemUsersController } from './system-users.controller.js';

@Module({
  imports: [ChangesModule, MembersModule, SessionsModule, UsersModule],
  controllers: [SystemUsersController],
  providers: [ListUsers, GetUser, ChangeStanding],
})
export class SystemUsersModule {}
