import { defineEvent } from '@paygate/messages';
import type { EventContract } from '@paygate/messages';
import { IsInt, IsString } from 'class-validator';

export class ThingHappened {
  @IsString()
  thing!: string;

  @IsInt()
  step!: number;
}

/** A contract with a subject of its own for each test, so that tests sharing a stream do not meet. */
export function thingHappened(test: string): EventContract<ThingHappened> {
  return defineEvent(`main.event.${test}.happened.v1`, ThingHappened);
}
