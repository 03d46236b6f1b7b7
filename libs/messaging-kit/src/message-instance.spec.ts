import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import * as messages from '@paygate/messages';
import type { MessageClass } from '@paygate/messages';
import { Exclude, Expose, plainToInstance, Transform, Type } from 'class-transformer';
import { IsOptional, IsString } from 'class-validator';
import fc from 'fast-check';
import { messageInstance } from './message-instance.js';

const asNumber = ({ value }: { value: unknown }): number => Number(value);

class Typed {
  @IsString() @Type(() => Date) a!: Date;
}
class Heir extends Typed {
  @IsString() b!: string;
}
class Transformed {
  @IsString() @Transform(asNumber) a!: number;
}
class Renamed {
  @IsString() @Expose({ name: 'b' }) a!: string;
}
class Hidden {
  @IsString() @Exclude() a!: string;
}
@Exclude()
class Closed {
  @IsString() a!: string;
}
class WithParts {
  @IsOptional() a: string = 'default';
  @IsOptional() b?: unknown;
  get c(): string {
    return 'c';
  }
  toString(): string {
    return this.a;
  }
}

const classes = Object.values(messages)
  .filter((value): value is MessageClass<object> => typeof value === 'function' && /^class\s/.test(value.toString()))
  .concat(Typed, Heir, Transformed, Renamed, Hidden, Closed, WithParts);

describe('messageInstance', () => {
  it('makes of every message what class-transformer makes of it', () => {
    const names = fc.constantFrom('a', 'b', 'c', 'page', 'status', 'organizationId', '__proto__', 'constructor', 'toString', 'then');
    const values = fc.oneof(fc.constantFrom('', 'x', '7', 0, 1.5, true, null), fc.constantFrom({}, [], { a: 'x' }, ['x']));
    fc.assert(
      fc.property(fc.constantFrom(...classes), fc.array(fc.tuple(names, values)), (type, fields) => {
        const json = `{${fields.map(([name, value]) => `"${name}":${JSON.stringify(value)}`).join(',')}}`;
        const made = messageInstance(type, JSON.parse(json) as object);
        const expected = plainToInstance(type, JSON.parse(json) as object);
        // As text, because a date that is none is not equal to another.
        expect(inspect(made)).toBe(inspect(expected));
        expect(Object.getPrototypeOf(made)).toBe(type.prototype);
      }),
      { numRuns: 2_000 },
    );
  });
});
