import { describe, expect, it } from '@jest/globals';
import { newPrefixedId } from '@paygate/kernel';
import fc from 'fast-check';
import { deliveryIdOfUuid, deliveryUuid, newDeliveryId } from './delivery-id.js';

const instants = fc.date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true });

describe('delivery ids', () => {
  it('are UUIDs of version 7 in other clothes, both ways', () => {
    fc.assert(
      fc.property(instants, (now) => {
        const id = newDeliveryId(now);
        const uuid = deliveryUuid(id);
        expect(id).toMatch(/^dlv_[0-9a-hjkmnp-tv-z]{26}$/);
        expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(Number.parseInt(uuid.replace('-', '').slice(0, 12), 16)).toBe(now.getTime());
        expect(deliveryIdOfUuid(uuid.toUpperCase())).toBe(id);
      }),
    );
  });

  it('sort by time, in both forms', () => {
    fc.assert(
      fc.property(instants, instants, (one, other) => {
        fc.pre(one.getTime() < other.getTime());
        const [first, second] = [newDeliveryId(one), newDeliveryId(other)];
        expect(first < second).toBe(true);
        expect(deliveryUuid(first) < deliveryUuid(second)).toBe(true);
      }),
    );
  });

  it('do not repeat within one instant', () => {
    const now = new Date();
    expect(new Set(Array.from({ length: 10_000 }, () => deliveryUuid(newDeliveryId(now)))).size).toBe(10_000);
  });

  it('made without a UUID in mind have one as well, always the same', () => {
    const id = newPrefixedId('dlv', new Date());
    expect(deliveryUuid(id)).toBe(deliveryUuid(id));
    expect(deliveryUuid(id)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  });

  it.each(['dlv_1', 'dlv_', '', 'dlv_8zzzzzzzzzzzzzzzzzzzzzzzzz', 'pay_01jd8x4m2kf9q8t5w6y8z0a1bc', 'dlv_01JD8X4M2KF9Q8T5W6Y8Z0A1BC'])(
    '%p is none',
    (id) => expect(() => deliveryUuid(id)).toThrow(RangeError),
  );

  it.each([
    '',
    'dlv_1',
    '019351d2-5053-4a6e-8d17-86f23e05056c',
    '019351d2-5053-7a6e-cd17-86f23e05056c',
    '019351d250537a6e8d1786f23e05056c',
  ])('%p stands for no delivery', (uuid) => expect(deliveryIdOfUuid(uuid)).toBeUndefined());
});
