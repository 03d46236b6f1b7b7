/** One value of a merchant's account at a payment provider. */
export interface CredentialField {
  readonly name: string;
  /** What the provider's own pages call it. */
  readonly label: string;
  /** Never shown again once it is stored. */
  readonly secret: boolean;
  readonly required: boolean;
  /** What is accepted, in words that complete "must be …". */
  readonly format: string;
  readonly accepts: (value: string) => boolean;
  /** For values that show whether they move real money: how they begin in each mode. */
  readonly prefixes?: ModePrefixes;
  /** The one way of writing it that is stored. */
  readonly canonical?: (value: string) => string;
}

export interface ModePrefixes {
  readonly live: readonly string[];
  readonly test: readonly string[];
}

type Details = Partial<Pick<CredentialField, 'prefixes' | 'canonical'>> & { optional?: true };
type Rule = Pick<CredentialField, 'format' | 'accepts'>;

export function secret(name: string, label: string, rule: Rule, details: Details = {}): CredentialField {
  return field(name, label, true, rule, details);
}

/** A value that is no secret: it is shown in clear to those who may read providers. */
export function open(name: string, label: string, rule: Rule, details: Details = {}): CredentialField {
  return field(name, label, false, rule, details);
}

function field(name: string, label: string, isSecret: boolean, { format, accepts }: Rule, details: Details): CredentialField {
  const { optional, ...rest } = details;
  return { name, label, secret: isSecret, required: optional !== true, format, accepts, ...rest };
}

export function matching(pattern: RegExp, format: string): Rule {
  return { format, accepts: (value) => pattern.test(value) };
}

export function oneOf(...choices: readonly string[]): Rule {
  return { format: choices.join(' or '), accepts: (value) => choices.includes(value) };
}

/** Text people read, on one line. */
export function line(max: number): Rule {
  return { format: `text of at most ${max} characters on one line`, accepts: (value) => value.length <= max && !/\p{Cc}/u.test(value) };
}

/** Text people read; line breaks are fine. */
export function lines(max: number): Rule {
  return {
    format: `text of at most ${max} characters`,
    accepts: (value) => value.length <= max && !/[^\P{Cc}\r\n\t]/u.test(value),
  };
}

/** Whether it is reachable, and may be, is found out when it is called. */
export const WEB_ADDRESS: Rule = {
  format: 'an http or https URL of at most 500 characters, without user name, password, query and fragment',
  accepts: (value) => {
    if (value.length > 500 || !/^https?:\/\/[^\s\\]+$/i.test(value) || !URL.canParse(value)) return false;
    const { username, password, search, hash } = new URL(value);
    return username === '' && password === '' && search === '' && hash === '';
  },
};
