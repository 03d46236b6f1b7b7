import { Inject, Injectable } from '@nestjs/common';
import { MESSAGING_OPTIONS } from '../messaging-options.js';
import type { MessagingOptions } from '../messaging-options.js';

/** Knows every handler of the application, so that a forgotten or doubled one stops the start instead of losing messages. */
@Injectable()
export class HandlerRegistry {
  private readonly handlers = new Map<string, string[]>();

  constructor(@Inject(MESSAGING_OPTIONS) private readonly options: Pick<MessagingOptions, 'consumes'>) {}

  /** `handler` is its name for people, e.g. `CheckoutMessages.create`. */
  add(subject: string, handler: string): void {
    this.handlers.set(subject, [...(this.handlers.get(subject) ?? []), handler]);
  }

  /** @throws Error that lists every contract without exactly one handler. */
  prove(): void {
    const wanted = this.options.consumes?.map((contract) => contract.subject);
    const problems: string[] = [];
    for (const subject of new Set(wanted)) {
      if (!this.handlers.has(subject)) {
        problems.push(`${subject} has no handler: register a controller that has one, and call connectMessaging(app)`);
      }
    }
    for (const [subject, handlers] of this.handlers) {
      if (handlers.length > 1) problems.push(`${subject} has ${handlers.length} handlers: ${handlers.join(', ')}`);
      if (wanted && !wanted.includes(subject)) {
        problems.push(`${subject} is handled by ${handlers.join(', ')} but missing in "consumes" of MessagingModule.forRoot`);
      }
    }
    if (problems.length > 0)
      throw new Error(`The messages of this service are wired wrongly:\n${problems.map((line) => `- ${line}`).join('\n')}`);
  }
}
