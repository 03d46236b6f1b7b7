import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import { currentContext } from '@paygate/nest-kit';
import { Changes } from '../changes/index.js';

/** What is known of an attempt to sign in. */
export interface Attempt {
  /** What was shown: `passkey`, `setup token`, … */
  by: string;
  /** The name the device gives the passkey. */
  idOnDevice?: string;
}

const LONGEST_ID = 100;

/** Writes refused attempts to sign in or register into the audit log of the platform. */
@Injectable()
export class RecordFailure {
  private readonly logger = new Logger(RecordFailure.name);

  constructor(private readonly changes: Changes) {}

  /** Does the work; when it refuses somebody, that is written down before they hear of it. */
  async watch<T>(attempt: Attempt, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof DomainError && error.status < 500 && error.code !== 'validation_failed') await this.record(attempt, error);
      throw error;
    }
  }

  private async record({ by, idOnDevice }: Attempt, error: DomainError): Promise<void> {
    const resource = { type: 'sign_in', id: currentContext()?.requestId ?? 'unknown', name: by };
    const after = { by, reason: error.code, idOnDevice: idOnDevice?.slice(0, LONGEST_ID) };
    try {
      await this.changes.run((change) => change.record({ action: 'sign_in.failed', resource, after }));
    } catch (cause) {
      // The refusal stands without its entry.
      this.logger.error(`a refused sign-in could not be recorded: ${String(cause)}`);
    }
  }
}
