import { Module } from '@nestjs/common';
import { ChangesModule } from '../changes/index.js';
import { CancelReplay } from './cancel-replay.js';
import { ReadReplays } from './read-replays.js';
import { StartReplay } from './start-replay.js';
import { WebhookReplaysController } from './webhook-replays.controller.js';

@Module({
  imports: [ChangesModule],
  controllers: [WebhookReplaysController],
  providers: [StartReplay, ReadReplays, CancelReplay],
})
export class WebhookReplaysModule {}
