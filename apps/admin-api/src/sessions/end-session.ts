import { Injectable } from '@nestjs/common';
import { Changes } from '../changes/index.js';
import { SessionsRepository } from './sessions.repository.js';

/** Signing out. */
@Injectable()
export class EndSession {
  constructor(
    private readonly changes: Changes,
    private readonly sessions: SessionsRepository,
  ) {}

  /** Nothing happens when the session is over already. */
  async execute(sessionId: string): Promise<void> {
    await this.changes.run(async (change) => {
      if (!(await this.sessions.endForOperators(sessionId, 'logout', change.now, change.session))) return;
      await change.record({ action: 'session.ended', resource: { type: 'session', id: sessionId }, after: { endReason: 'logout' } });
      change.accessChanged('session.ended');
    });
  }
}
