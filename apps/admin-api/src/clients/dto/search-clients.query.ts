import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { isText, rule } from '../../validation-rules/index.js';
import { queryWords } from '../search/words.js';

const LONGEST = 200;
const MOST_WORDS = 10;
const MOST_CLIENTS = 50;

export class SearchClientsQuery {
  @ApiProperty({
    type: String,
    maxLength: LONGEST,
    description:
      `Up to ${MOST_WORDS} words. A client is found when each is a word of its names, company, e-mail address, phone, externalId or ` +
      'tax id, or the beginning of one. Upper and lower case and accents do not matter: `muller` and `mueller` find Müller.',
    example: 'ada love',
  })
  @rule('search_text', `text of at most ${LONGEST} characters with 1 to ${MOST_WORDS} words of letters or digits`, isSearchText)
  q!: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MOST_CLIENTS, default: 20, description: 'How many to show.' })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : value))
  @rule('integer', `an integer from 1 to ${MOST_CLIENTS}`, (value) => typeof value === 'number' && value >= 1 && value <= MOST_CLIENTS)
  limit: number = 20;
}

function isSearchText(value: unknown): boolean {
  if (typeof value !== 'string' || !isText(value, LONGEST)) return false;
  const { length } = queryWords(value);
  return length >= 1 && length <= MOST_WORDS;
}
