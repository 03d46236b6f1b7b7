import { DomainError } from '@paygate/kernel';
import { newRequestId, runInContext } from '@paygate/nest-kit';
import { callHandler } from '../wiring/call-handler.js';
import { readEvent } from './event-envelope.js';
import type { ReceivedEvent } from './event-envelope.js';
import { contextOf } from './event-handling.js';
import type { EventHandling, HandlingParts } from './event-handling.js';
import type { StreamMessage } from './stream-message.js';

/** How the events of a subject come together. */
export interface Grouping {
  /** Most events in one group. */
  maxSize: number;
}

interface Member<P> {
  message: StreamMessage;
  event: ReceivedEvent<P>;
}

/** Calls the handler with all events that came while their predecessors were being worked on; one group after the other. */
export class GroupHandling<P extends object> implements EventHandling {
  private waiting: Member<P>[] = [];
  private isWorking = false;

  constructor(
    private readonly parts: HandlingParts<P>,
    private readonly grouping: Grouping,
  ) {}

  take(message: StreamMessage): void {
    const { payload, settlement } = this.parts;
    try {
      this.waiting.push({ message, event: readEvent(message.data, payload, message.deliveryCount) });
    } catch (error) {
      settlement.failed(message, error);
      return;
    }
    if (this.isWorking) return;
    this.isWorking = true;
    this.workSoon();
  }

  /** What has arrived on the connection together is handed out in one turn of the event loop. */
  private workSoon(): void {
    setImmediate(() => void this.work());
  }

  private async work(): Promise<void> {
    await this.handle(this.waiting.splice(0, this.grouping.maxSize));
    if (this.waiting.length > 0) this.workSoon();
    else this.isWorking = false;
  }

  private async handle(group: readonly Member<P>[]): Promise<void> {
    const { settlement } = this.parts;
    const failure = await this.call(group);
    if (failure === undefined) {
      settlement.handled(group.map(({ message }) => message));
    } else if (group.length > 1 && mayBeOneMember(failure.thrown)) {
      for (const member of group) await this.handle([member]);
    } else {
      for (const { message } of group) settlement.failed(message, failure.thrown);
    }
  }

  /** What the handler threw, wrapped because that can be anything. */
  private async call(group: readonly Member<P>[]): Promise<{ thrown: unknown } | undefined> {
    const [first, ...others] = group;
    // Several requests caused a group; none of them stands for the others.
    const context = first && others.length === 0 ? contextOf(first.event, first.message) : { actor: 'system', requestId: newRequestId() };
    const events = group.map(({ event }) => event);
    try {
      await runInContext(context, () => callHandler(this.parts.handler, events));
      return undefined;
    } catch (error) {
      return { thrown: error };
    }
  }
}

/** Whether trying each alone can help. When what the handler needs is away, that is nobody's fault. */
function mayBeOneMember(error: unknown): boolean {
  return !(error instanceof DomainError) || (error.code !== 'service_unavailable' && error.code !== 'upstream_timeout');
}
