import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { CEREMONY_MODEL } from './ceremony.schema.js';
import type { CeremonyRow } from './ceremony.schema.js';

/** Challenges under way. They belong to a browser, before anybody knows whose it is. */
@Injectable()
export class CeremoniesRepository {
  constructor(@InjectModel(CEREMONY_MODEL) private readonly rows: Model<CeremonyRow>) {}

  async insertForAuthentication(row: CeremonyRow): Promise<void> {
    await this.rows.create(row);
  }

  /** Hands a challenge out once: of two who present the same cookie at the same time one gets nothing. */
  async takeForAuthentication(id: string, secretHashes: readonly string[]): Promise<CeremonyRow | undefined> {
    const row = await this.rows.findOneAndDelete({ _id: id, secretHash: { $in: [...secretHashes] } }).lean<CeremonyRow | null>();
    return row ?? undefined;
  }
}
