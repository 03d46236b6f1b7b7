import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChangesModule } from '../changes/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { EmptyInbox } from './empty-inbox.js';
import { InboxRepository } from './inbox.repository.js';
import { INBOX_MODEL, inboxSchema } from './inbox.schema.js';
import { ListInbox } from './list-inbox.js';
import { ReceiveRequest } from './receive-request.js';
import { ReceiverBodies } from './receiver-bodies.js';
import { WebhooksController } from './webhooks.controller.js';

/** The public test receiver and its inbox. It is kept here, where slugs, limits and who may look are known: nothing of it is a delivery. */
@Module({
  imports: [ChangesModule, OrganizationsModule, MongooseModule.forFeature([{ name: INBOX_MODEL, schema: inboxSchema }])],
  controllers: [WebhooksController],
  providers: [InboxRepository, ReceiverBodies, ReceiveRequest, ListInbox, EmptyInbox],
})
export class WebhooksModule {}
