/** Why there is no answer: the service's own words for it, and three of ours for when it says nothing we understand. */
export const VIES_REASONS = [
  'MS_UNAVAILABLE',
  'SERVICE_UNAVAILABLE',
  'TIMEOUT',
  'GLOBAL_MAX_CONCURRENT_REQ',
  'GLOBAL_MAX_CONCURRENT_REQ_TIME',
  'MS_MAX_CONCURRENT_REQ',
  'MS_MAX_CONCURRENT_REQ_TIME',
  'VAT_BLOCKED',
  'IP_BLOCKED',
  'INVALID_REQUESTER_INFO',
  'NO_CONNECTION',
  'NO_ANSWER_IN_TIME',
  'UNREADABLE_ANSWER',
] as const;
export type ViesReason = (typeof VIES_REASONS)[number];

export type ViesAnswer =
  | {
      readonly kind: 'valid';
      readonly companyName?: string;
      readonly address?: string;
      /** Only given to who names a VAT id of their own. */
      readonly consultationNumber?: string;
    }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'unavailable'; readonly reason: ViesReason };

/** Texts of the service longer than this are cut: names and addresses never are. */
const LONGEST_TEXT = 500;

/**
 * What an answer of `check-vat-number` means. The body decides: errors come with HTTP 200 as well as with others, in one of
 * two forms. What is not known counts as no answer, and none of its words are passed on.
 */
export function readViesAnswer(body: string): ViesAnswer {
  const answer = parseObject(body);
  if (!answer) return { kind: 'unavailable', reason: 'UNREADABLE_ANSWER' };
  if (answer['actionSucceed'] === false) return errorAnswer(firstError(answer['errorWrappers']));
  const { valid, userError } = answer;
  if (valid === true) {
    const companyName = textOf(answer['name']);
    const address = textOf(answer['address']);
    return { kind: 'valid', companyName, address, consultationNumber: textOf(answer['requestIdentifier']) };
  }
  if (valid === false && (userError === undefined || userError === 'INVALID')) return { kind: 'invalid' };
  return errorAnswer(userError);
}

function errorAnswer(code: unknown): ViesAnswer {
  // It was refused for what it is, not for how the service feels.
  if (code === 'INVALID_INPUT') return { kind: 'invalid' };
  const reason = VIES_REASONS.find((known) => known === code) ?? 'UNREADABLE_ANSWER';
  return { kind: 'unavailable', reason };
}

function firstError(wrappers: unknown): unknown {
  const first: unknown = Array.isArray(wrappers) ? wrappers[0] : undefined;
  return typeof first === 'object' && first !== null && 'error' in first ? first.error : undefined;
}

function parseObject(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Without characters that break a page or a document. States that tell nothing write dashes. */
function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const lines = value.split(/\r?\n/).map((line) => line.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim());
  const text = lines
    .filter((line) => line !== '')
    .join('\n')
    .slice(0, LONGEST_TEXT);
  return text === '' || /^-+$/.test(text) ? undefined : text;
}
