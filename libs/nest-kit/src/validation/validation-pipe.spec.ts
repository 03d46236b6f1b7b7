import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@paygate/kernel';
import type { FieldProblem } from '@paygate/kernel';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { EmptyAsAbsent, IntegralNumber } from '../transforms/body-transforms.js';
import { createValidationPipe } from './validation-pipe.js';

class Item {
  @IsString()
  @MaxLength(10)
  name!: string;

  @IsInt()
  @Min(1)
  quantity!: number;
}

class Order {
  @IntegralNumber()
  amount!: number;

  @IsIn(['EUR', 'USD'])
  currency!: string;

  @EmptyAsAbsent()
  @IsOptional()
  @IsEmail()
  contact?: string;

  @IsOptional()
  @Matches(/^https?:/, { message: '$property must start with http: or https:' })
  returnUrl?: string;

  @IsOptional()
  @IsString({ each: true })
  tags?: string[];

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(3)
  @ValidateNested({ each: true })
  @Type(() => Item)
  items?: Item[];

  @IsOptional()
  @ValidateNested()
  @Type(() => Item)
  extra?: Item;
}

const pipe = createValidationPipe();
const transform = (value: unknown): Promise<unknown> => pipe.transform(value, { type: 'body', metatype: Order });
const good = { amount: 100, currency: 'EUR' };

async function problemsOf(value: unknown): Promise<FieldProblem[]> {
  const error: unknown = await transform(value).catch((thrown: unknown) => thrown);
  if (!(error instanceof DomainError)) throw new Error('the body was accepted');
  expect(error.code).toBe('validation_failed');
  return error.details as FieldProblem[];
}

describe('createValidationPipe', () => {
  it('makes instances, also of nested classes', async () => {
    const order = await transform({ ...good, items: [{ name: 'a', quantity: 1 }], extra: { name: 'b', quantity: 2 } });
    expect(order).toBeInstanceOf(Order);
    expect((order as Order).items?.[0]).toBeInstanceOf(Item);
    expect((order as Order).extra).toBeInstanceOf(Item);
  });

  it.each([
    ['a missing field', { currency: 'EUR' }, 'amount', 'required', 'a whole number'],
    ['null for a required field', { ...good, currency: null }, 'currency', 'required', 'EUR, USD'],
    ['a wrong type', { ...good, amount: '100' }, 'amount', 'integer', 'a whole number'],
    ['a fraction', { ...good, amount: 10.5 }, 'amount', 'integer', 'a whole number'],
    ['more than JSON carries exactly', { ...good, amount: 2 ** 53 }, 'amount', 'integer', '2^53 - 1'],
    ['a value outside a list', { ...good, currency: 'XYZ' }, 'currency', 'in', 'EUR, USD'],
    ['an unknown field', { ...good, colour: 'red' }, 'colour', 'unknown_field', undefined],
    ['a nested field', { ...good, items: [{ name: 'a', quantity: 0 }] }, 'items[0].quantity', 'min', 'not less than 1'],
    ['an unknown nested field', { ...good, items: [{ name: 'a', quantity: 1, x: 1 }] }, 'items[0].x', 'unknown_field', undefined],
    ['a field of a nested object', { ...good, extra: { quantity: 1 } }, 'extra.name', 'required', 'a string'],
    ['an object instead of an array', { ...good, items: { name: 'a', quantity: 1 } }, 'items', 'array', 'an array'],
    ['text instead of an object', { ...good, extra: 'no' }, 'extra', 'object', 'an object'],
    ['text in an array of objects', { ...good, items: ['no'] }, 'items[0]', 'object', 'an object'],
    ['null in an array of objects', { ...good, items: [null] }, 'items[0]', 'object', 'an object'],
    ['a wrong entry of an array', { ...good, tags: ['a', 1] }, 'tags', 'string', 'a string'],
    ['an operator instead of a value', { ...good, contact: { $gt: '' } }, 'contact', 'email', 'an email'],
    ['a rule with a text of its own', { ...good, returnUrl: 'ftp:x' }, 'returnUrl', 'matches', undefined],
  ])('refuses %s', async (_what, body, field, code, expected) => {
    const problems = await problemsOf(body);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ field, code });
    expect(problems[0]?.message).toContain(field);
    if (expected !== undefined) expect(problems[0]?.expected).toContain(expected);
  });

  it('reports all wrong fields, each once with everything expected of it', async () => {
    const problems = await problemsOf({ items: [{ name: 5, quantity: 'x' }] });
    expect(problems.map((problem) => problem.field)).toEqual(['amount', 'currency', 'items[0].name', 'items[0].quantity']);
    expect(problems[3]?.expected).toBe('an integer number, not less than 1');
  });

  it.each([[[]], ['text'], [5], [true]])('refuses a body that is %j', async (body) => {
    expect(await problemsOf(body)).toEqual([expect.objectContaining({ field: 'body', expected: 'a JSON object' })]);
  });

  it.each([[undefined], [null]])('treats %j as an empty body', async (body) => {
    expect((await problemsOf(body)).map((problem) => problem.field)).toEqual(['amount', 'currency']);
  });

  it('does not repeat values, and stays short however much is wrong', async () => {
    const body = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`field${index}${'x'.repeat(300)}`, 'a secret value']));
    const error: unknown = await transform(body).catch((thrown: unknown) => thrown);
    const text = JSON.stringify((error as DomainError).toWire());
    expect(text).not.toContain('a secret value');
    expect(text.length).toBeLessThan(50_000);
  });

  it.each([
    ['constructor', '{"constructor":{"prototype":{"x":1}}}'],
    ['toString', '{"toString":"x"}'],
    ['hasOwnProperty', '{"hasOwnProperty":1}'],
  ])('does not let a field replace the method %s', async (name, json) => {
    const order = await transform({ ...good, ...(JSON.parse(json) as object) });
    expect(order).toBeInstanceOf(Order);
    expect(Object.hasOwn(order as object, name)).toBe(false);
  });

  it('leaves single parameters to their type', async () => {
    expect(await pipe.transform('abc', { type: 'param', metatype: String, data: 'id' })).toBe('abc');
  });
});

describe('transforms', () => {
  it.each([
    ['', undefined],
    [null, undefined],
    ['a@b.example', 'a@b.example'],
  ])('EmptyAsAbsent turns %j into %j', async (contact, expected) => {
    expect(((await transform({ ...good, contact })) as Order).contact).toBe(expected);
  });

  it.each([
    ['4900.0', 4900],
    ['-0', 0],
    ['-5', -5],
    ['9007199254740991', 9007199254740991],
  ])('IntegralNumber reads %s', async (json, expected) => {
    const body = JSON.parse(`{"amount":${json},"currency":"EUR"}`) as unknown;
    expect(Object.is(((await transform(body)) as Order).amount, expected)).toBe(true);
  });
});
