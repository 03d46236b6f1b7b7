import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import { AdminConfig } from '../admin-config.js';

/** Notifications hold what a merchant sold and to whom: in production they travel encrypted. */
@Injectable()
export class TargetRule {
  private readonly encrypted: boolean;

  constructor(config: AdminConfig) {
    this.encrypted = config.NODE_ENV === 'production';
  }

  /** @throws DomainError `validation_failed` */
  check(url: string, field = 'url'): void {
    if (!this.encrypted || /^https:/i.test(url)) return;
    const expected = 'an https URL';
    throw DomainError.invalid({ field, code: 'https_url', message: `${field} must be ${expected}.`, expected });
  }
}
