import type { FieldProblem } from '@paygate/kernel';
import type { MessageClass } from '@paygate/messages';
import { Type } from 'class-transformer';
import { IsDate, IsString, Length } from 'class-validator';
import { checkPayload, listProblems } from '../validate-payload.js';

/** What stands around every event in the stream, as JSON. The payload is checked on its own, by the class of its contract. */
export class EventEnvelope {
  /** Stays the same however often the event is sent; what the inbox recognizes a repetition by. */
  @IsString()
  @Length(1, 128)
  id!: string;

  @Type(() => Date)
  @IsDate()
  occurredAt!: Date;

  /** Of the request that caused the event. */
  @IsString()
  @Length(1, 128)
  requestId!: string;
}

/** An event as its handler gets it. */
export interface ReceivedEvent<P> {
  id: string;
  occurredAt: Date;
  payload: P;
  /** 1 for the first delivery. */
  deliveryCount: number;
  requestId: string;
}

/** An event that no number of tries will make readable. */
export class UnreadableEventError extends Error {
  override readonly name = 'UnreadableEventError';

  constructor(reason: string, options?: { cause?: unknown }) {
    super(`the event cannot be read: ${reason}`, options);
  }
}

export function writeEvent(event: { id: string; occurredAt: Date; requestId: string; payload: unknown }): string {
  const { id, occurredAt, requestId, payload } = event;
  return JSON.stringify({ id, occurredAt, requestId, payload });
}

/** @throws UnreadableEventError when it is not JSON, or the envelope or the payload does not fit. */
export function readEvent<P extends object>(data: Uint8Array, payload: MessageClass<P>, deliveryCount: number): ReceivedEvent<P> {
  const json = parse(data);
  const { id, occurredAt, requestId } = readQuickly(json) ?? valid(checkPayload(EventEnvelope, json));
  const { payload: inner } = json as { payload?: unknown };
  return { id, occurredAt, requestId, deliveryCount, payload: valid(checkPayload(payload, inner), 'payload') };
}

const isShortText = (value: unknown): value is string => typeof value === 'string' && value.length >= 1 && value.length <= 128;

/** Without the reflection that costs more than everything else around an event. Undefined where something is unusual: then it is explained. */
function readQuickly(json: unknown): EventEnvelope | undefined {
  const { id, occurredAt, requestId } = (json ?? {}) as Record<string, unknown>;
  if (!isShortText(id) || !isShortText(requestId) || typeof occurredAt !== 'string') return undefined;
  const at = new Date(occurredAt);
  return Number.isNaN(at.getTime()) ? undefined : { id, occurredAt: at, requestId };
}

const decoder = new TextDecoder();

function parse(data: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(data));
  } catch (error) {
    throw new UnreadableEventError('it is not JSON', { cause: error });
  }
}

function valid<T>(check: { value: T } | { problems: FieldProblem[] }, parent?: string): T {
  if ('value' in check) return check.value;
  throw new UnreadableEventError(listProblems(check.problems, parent));
}
