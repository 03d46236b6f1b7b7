import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChangesModule } from '../changes/index.js';
import { CLIENT_MODEL, clientSchema, DELETED_CLIENT_MODEL, deletedClientSchema } from './client.schema.js';
import { ClientVault } from './client-vault.js';
import { ClientsController } from './clients.controller.js';
import { ClientsRepository } from './clients.repository.js';
import { CreateClient } from './create-client.js';
import { DeleteClient } from './delete-client.js';
import { GetClientHistory } from './get-client-history.js';
import { GetClient } from './get-client.js';
import { CLIENT_CHANGE_MODEL, clientChangeSchema } from './history/client-change.schema.js';
import { ClientChangesRepository } from './history/client-changes.repository.js';
import { RecordClientChange } from './history/record-client-change.js';
import { ListClients } from './list-clients.js';
import { BlindIndex } from './search/blind-index.js';
import { SearchClients } from './search-clients.js';
import { UpdateClient } from './update-client.js';

@Module({
  imports: [
    ChangesModule,
    MongooseModule.forFeature([
      { name: CLIENT_MODEL, schema: clientSchema },
      { name: DELETED_CLIENT_MODEL, schema: deletedClientSchema },
      { name: CLIENT_CHANGE_MODEL, schema: clientChangeSchema },
    ]),
  ],
  controllers: [ClientsController],
  providers: [
    ClientsRepository,
    ClientChangesRepository,
    ClientVault,
    BlindIndex,
    RecordClientChange,
    ListClients,
    SearchClients,
    GetClient,
    CreateClient,
    UpdateClient,
    DeleteClient,
    GetClientHistory,
  ],
  exports: [ClientsRepository],
})
export class ClientsModule {}
