import { rule } from './rule.js';
import { isText } from './text-rules.js';

const MAX_LENGTH = 2000;

/**
 * A web address the platform may send a buyer or a notification to. Other schemes could run script on the checkout page,
 * and credentials inside an address would end up in logs and browser histories.
 */
export function IsHttpUrl(): PropertyDecorator {
  return rule('http_url', `an http or https URL of at most ${MAX_LENGTH} characters, without user name and password`, isHttpUrl);
}

/** A web address a page of ours loads something from; without encryption, browsers would not. */
export function IsHttpsUrl(): PropertyDecorator {
  return rule(
    'https_url',
    `an https URL of at most ${MAX_LENGTH} characters, without user name and password`,
    (value) => isHttpUrl(value) && /^https:/i.test(value as string),
  );
}

export function isHttpUrl(value: unknown): boolean {
  if (!isText(value, MAX_LENGTH) || typeof value !== 'string') return false;
  // URL parsing forgives blanks, line breaks and backslashes; receivers of the text may not.
  if (!/^https?:\/\/[^\s\\]+$/i.test(value) || !URL.canParse(value)) return false;
  const url = new URL(value);
  return url.username === '' && url.password === '' && !/[{}]/.test(url.hostname);
}
