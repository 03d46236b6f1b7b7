import type { Standing, StandingReason } from './tax-record.js';

/** A message about a source that was heard. */
export interface Told {
  version: number;
  movementId: string;
  voided: boolean;
}

export interface StandingVerdict {
  standing: Standing;
  reason?: StandingReason;
  /** The message that decided it. */
  movementId?: string;
}

/**
 * How the records of a version stand, after all that was told of their source. Only what was told matters, not in which order it
 * came: the highest version that has records counts, unless a word that takes back has the same or a higher version.
 */
export function standingOf(version: number, told: readonly Told[]): StandingVerdict {
  const highest = (voided: boolean): Told | undefined =>
    told
      .filter((each) => each.voided === voided)
      .reduce<Told | undefined>((top, each) => (top && top.version >= each.version ? top : each), undefined);
  const replacement = highest(false);
  if (replacement && replacement.version > version) {
    return { standing: 'superseded', reason: 'replaced', movementId: replacement.movementId };
  }
  const end = highest(true);
  if (end && end.version >= version) return { standing: 'voided', reason: 'taken_back', movementId: end.movementId };
  return { standing: 'active' };
}

/** Whether this version of the source was heard before, with or without its id. */
export function isKnown({ version, movementId, voided }: Told, told: readonly Told[]): boolean {
  return told.some((each) => each.movementId === movementId || (each.version === version && each.voided === voided));
}
