import { describe, expect, it } from '@jest/globals';
import { newObjectId } from '@paygate/kernel';
import { notMadeBefore } from './made-at.js';

describe('notMadeBefore', () => {
  const now = new Date('2026-03-20T12:00:00Z');

  it('is an hour before the id was given out', () => {
    expect(notMadeBefore(newObjectId(now), now)).toEqual(new Date('2026-03-20T11:00:00Z'));
  });

  it.each([
    ['an id of tomorrow', newObjectId(new Date('2026-03-21T14:00:00Z'))],
    ['no id', 'unused'],
  ])('says nothing of %s', (_what, id) => expect(notMadeBefore(id, now)).toBeUndefined());
});
