import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import type { TransformFnParams } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

/** Only plain digits count: `1e2`, ` 7` and repeated parameters are wrong. */
const digits = ({ value }: TransformFnParams): unknown => {
  if (typeof value !== 'string') return value;
  return /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
};

/** The query of a list. Filters of a resource extend this class. */
export class PageQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 1_000_000, default: 1, description: 'Page number, from 1.' })
  @Transform(digits)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  page: number = 1;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 50, description: 'Entries per page.' })
  @Transform(digits)
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 50;

  @ApiPropertyOptional({
    type: 'string',
    description: 'The nextCursor of an earlier answer: continues exactly after its last entry. page is then ignored.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(128)
  cursor?: string;
}

/** One page of a list, newest first. */
export interface Page<T> {
  items: T[];
  /** Of all entries that match, not of this page. */
  total: number;
  page: number;
  limit: number;
  nextCursor?: string;
}

/** The answer of a list endpoint: the entries under the resource's name, with `total`, `page`, `limit` beside them. */
export function presentPage<T, U, K extends string>(
  resource: K,
  page: Page<T>,
  present: (item: T) => U,
): { [k in K]: U[] } & { total: number; page: number; limit: number; nextCursor?: string } {
  const entries = { [resource]: page.items.map((item) => present(item)) } as { [k in K]: U[] };
  return {
    ...entries,
    total: page.total,
    page: page.page,
    limit: page.limit,
    ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }),
  };
}
