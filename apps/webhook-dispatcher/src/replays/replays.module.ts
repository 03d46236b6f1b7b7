import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { DeliveriesModule } from '../deliveries/index.js';
import { CreateReplay } from './create-replay.js';
import { REPLAY_MODEL, replaySchema } from './replay.schema.js';
import { ReplayWorkStore } from './replay-work.store.js';
import { ReplaysController } from './replays.controller.js';
import { ReplaysRepository } from './replays.repository.js';
import { RunReplays } from './run-replays.js';

const model = MongooseModule.forFeature([{ name: REPLAY_MODEL, schema: replaySchema }]);

/** Sending many notifications of an endpoint once more. */
@Module({})
export class ReplaysModule {
  /**
   * @param resending the module that sends single ones again
   * @param endpoints the module of endpoints
   */
  static forRoot(resending: DynamicModule, endpoints: DynamicModule): DynamicModule {
    return {
      module: ReplaysModule,
      imports: [model, DeliveriesModule, resending, endpoints],
      controllers: [ReplaysController],
      providers: [ReplaysRepository, CreateReplay, ReplayWorkStore, RunReplays],
    };
  }
}
