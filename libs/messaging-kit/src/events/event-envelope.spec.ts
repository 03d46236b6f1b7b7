import { describe, expect, it } from '@jest/globals';
import { IsInt } from 'class-validator';
import fc from 'fast-check';
import { readEvent, UnreadableEventError, writeEvent } from './event-envelope.js';

class Paid {
  @IsInt() amount!: number;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the event envelope', () => {
  it('comes back as it went', () => {
    fc.assert(
      fc.property(
        fc.record({
          id: fc.string({ minLength: 1, maxLength: 128 }),
          requestId: fc.string({ minLength: 1, maxLength: 128 }),
          occurredAt: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2200-01-01') }),
          payload: fc.record({ amount: fc.integer() }),
        }),
        (event) => {
          const received = readEvent(bytes(writeEvent(event)), Paid, 2);
          expect(received).toEqual({ ...event, deliveryCount: 2 });
          expect(received.payload).toBeInstanceOf(Paid);
        },
      ),
    );
  });

  const event = { id: 'evt_1', occurredAt: '2026-01-01T00:00:00.000Z', requestId: 'r', payload: { amount: 1 } };
  it.each([
    ['not JSON', '{', 'it is not JSON'],
    ['not UTF-8 text of an object', '"text"', 'EventEnvelope must be a JSON object.'],
    ['without id', JSON.stringify({ ...event, id: undefined }), 'id: id is required.'],
    ['with an impossible time', JSON.stringify({ ...event, occurredAt: 'soon' }), 'occurredAt: occurredAt must be'],
    ['without payload', JSON.stringify({ ...event, payload: undefined }), 'payload: Paid must be a JSON object.'],
    ['with a wrong payload', JSON.stringify({ ...event, payload: { amount: 1.5 } }), 'payload.amount: amount must be an integer number.'],
  ])('is unreadable when %s', (_, text, reason) => {
    const read = (): unknown => readEvent(bytes(text), Paid, 1);
    expect(read).toThrow(UnreadableEventError);
    expect(read).toThrow(reason);
  });
});
