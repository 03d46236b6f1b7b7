import { Schema } from 'mongoose';

/** The one row says that the first administrator is registered. Its fixed id lets only one registration win. */
export interface SetupRow {
  _id: 'first-administrator';
  userId: string;
  completedAt: Date;
}

export const SETUP_MODEL = 'Setup';

export const setupSchema = new Schema<SetupRow>(
  { _id: { type: String, required: true } as never, userId: { type: String, required: true }, completedAt: { type: Date, required: true } },
  { collection: 'setup', versionKey: false },
);
