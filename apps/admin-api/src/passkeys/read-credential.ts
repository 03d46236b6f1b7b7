import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { DomainError } from '@paygate/kernel';

/** What a browser answered to a challenge: a new passkey, or the use of one. */
export type Credential =
  { kind: 'authentication'; response: AuthenticationResponseJSON } | { kind: 'registration'; response: RegistrationResponseJSON };

/** Longest texts in characters; the longest credential id WebAuthn allows has 1023 bytes. */
const LONGEST = { id: 1364, clientDataJSON: 8192, authenticatorData: 8192, signature: 8192, attestationObject: 32_768, userHandle: 86 };
const MOST_TRANSPORTS = 10;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the JSON form of a PublicKeyCredential. Fields it does not know are left out: browsers add new ones.
 * @throws DomainError `validation_failed` naming the first field that is wrong
 */
export function readCredential(value: unknown): Credential {
  const credential = fields(value, 'response');
  const id = base64url(credential, 'response', 'id', LONGEST.id);
  if (credential['rawId'] !== id) throw wrong('response.rawId', 'equal to id');
  if (credential['type'] !== 'public-key') throw wrong('response.type', 'public-key');
  const head = { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {} };
  const answer = fields(credential['response'], 'response.response');
  const clientDataJSON = base64url(answer, 'response.response', 'clientDataJSON', LONGEST.clientDataJSON);
  if (answer['attestationObject'] !== undefined) {
    const attestationObject = base64url(answer, 'response.response', 'attestationObject', LONGEST.attestationObject);
    return { kind: 'registration', response: { ...head, response: { clientDataJSON, attestationObject, transports: transports(answer) } } };
  }
  const authenticatorData = base64url(answer, 'response.response', 'authenticatorData', LONGEST.authenticatorData);
  const signature = base64url(answer, 'response.response', 'signature', LONGEST.signature);
  return {
    kind: 'authentication',
    response: { ...head, response: { clientDataJSON, authenticatorData, signature, userHandle: userHandle(answer) } },
  };
}

function userHandle(answer: Fields): string | undefined {
  // Browsers write null when the authenticator gave none.
  if (answer['userHandle'] === undefined || answer['userHandle'] === null) return undefined;
  return base64url(answer, 'response.response', 'userHandle', LONGEST.userHandle);
}

function transports(answer: Fields): string[] {
  const list = answer['transports'] ?? [];
  const isList = Array.isArray(list) && list.length <= MOST_TRANSPORTS && list.every(isTransport);
  if (!isList) throw wrong('response.response.transports', `an array of at most ${MOST_TRANSPORTS} names of transports`);
  return [...new Set(list)];
}

function isTransport(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z][a-z-]{0,30}$/.test(value);
}

function base64url(from: Fields, path: string, name: string, max: number): string {
  const value = from[name];
  if (typeof value === 'string' && value.length <= max && /^[A-Za-z0-9_-]+$/.test(value)) return value;
  throw wrong(`${path}.${name}`, `base64url text of at most ${max} characters`);
}

function fields(value: unknown, path: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw wrong(path, 'an object');
}

function wrong(field: string, expected: string): DomainError {
  return DomainError.invalid({ field, code: 'credential', message: `${field} must be ${expected}.`, expected });
}
