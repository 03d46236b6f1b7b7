import { defineEvent, defineRequest, defineSnapshot } from '@paygate/messages';
import { Type } from 'class-transformer';
import { IsArray, IsInt, IsString, Min, ValidateNested } from 'class-validator';

export class Line {
  @IsString() name!: string;
  @IsInt() @Min(1) quantity!: number;
}

export class QuoteRequest {
  @IsString() customer!: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => Line) lines!: Line[];
}

export class Quote {
  total!: number;
  /** Names of the fields the handler got. */
  seen!: string[];
}

export class NoteRequest {
  @IsString() text!: string;
}

export class Told {
  @IsInt() number!: number;
}

export class Flag {
  @IsString() label!: string;
}

export const quote = defineRequest('main.query.quote.get.v1', QuoteRequest, Quote, 2_000);
export const note = defineRequest('main.command.note.write.v1', NoteRequest, Object, 2_000);
export const told = defineEvent('admin.event.thing.told.v1', Told);
export const broken = defineEvent('admin.event.thing.broken.v1', Told);
export const flag = defineSnapshot('flag', Flag);
export const banner = defineSnapshot('banner', Flag);
