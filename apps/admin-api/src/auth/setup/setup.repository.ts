import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { SETUP_MODEL } from './setup.schema.js';
import type { SetupRow } from './setup.schema.js';

const ID = 'first-administrator';

/** Whether the platform has its first administrator. */
@Injectable()
export class SetupRepository {
  constructor(@InjectModel(SETUP_MODEL) private readonly rows: Model<SetupRow>) {}

  async isOpenForOperators(): Promise<boolean> {
    return (await this.rows.exists({ _id: ID })) === null;
  }

  /** @throws the driver's duplicate key error when it was done before */
  async completeForOperators(userId: string, completedAt: Date, session: ClientSession): Promise<void> {
    await this.rows.create([{ _id: ID, userId, completedAt }], { session });
  }
}
