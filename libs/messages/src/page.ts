import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { TenantRequest } from './tenant.js';

/** A list request: newest first, by page number or by cursor. */
export class PageRequest extends TenantRequest {
  @IsInt()
  @Min(1)
  page!: number;

  @IsInt()
  @Min(1)
  @Max(100)
  limit!: number;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  cursor?: string;
}

/** One page of a list. */
export interface PageReply<T> {
  items: T[];
  total: number;
  page: number;
  limit: number;
  nextCursor?: string;
}
