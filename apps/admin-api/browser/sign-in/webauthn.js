// @ts-check
// Talks to the device. Written out instead of using the browsers' own JSON helpers: phones a few years old lack those.

/** @typedef {{ id: string, type?: string, transports?: string[] }} Descriptor */
/** @typedef {{ challenge: string, user: { id: string, name: string, displayName: string }, excludeCredentials?: Descriptor[] } & Record<string, unknown>} CreationOptions */
/** @typedef {{ challenge: string, allowCredentials?: Descriptor[] } & Record<string, unknown>} RequestOptions */

export function canUsePasskeys() {
  return window.isSecureContext && typeof window.PublicKeyCredential === 'function' && 'credentials' in navigator;
}

/**
 * Lets the device make a passkey.
 * @param {CreationOptions} options as the server sent them
 */
export async function createPasskey(options) {
  const publicKey = /** @type {PublicKeyCredentialCreationOptions} */ (
    /** @type {unknown} */ ({
      ...options,
      challenge: toBytes(options.challenge),
      user: { ...options.user, id: toBytes(options.user.id) },
      excludeCredentials: (options.excludeCredentials ?? []).map(withBytes),
    })
  );
  const made = /** @type {PublicKeyCredential} */ (await navigator.credentials.create({ publicKey }));
  const answer = /** @type {AuthenticatorAttestationResponse} */ (made.response);
  return credentialJson(made, {
    clientDataJSON: toText(answer.clientDataJSON),
    attestationObject: toText(answer.attestationObject),
    transports: typeof answer.getTransports === 'function' ? answer.getTransports() : [],
  });
}

/**
 * Lets the person choose a passkey and prove that it is theirs.
 * @param {RequestOptions} options as the server sent them
 */
export async function usePasskey(options) {
  const publicKey = /** @type {PublicKeyCredentialRequestOptions} */ (
    /** @type {unknown} */ ({
      ...options,
      challenge: toBytes(options.challenge),
      allowCredentials: (options.allowCredentials ?? []).map(withBytes),
    })
  );
  const used = /** @type {PublicKeyCredential} */ (await navigator.credentials.get({ publicKey }));
  const answer = /** @type {AuthenticatorAssertionResponse} */ (used.response);
  return credentialJson(used, {
    clientDataJSON: toText(answer.clientDataJSON),
    authenticatorData: toText(answer.authenticatorData),
    signature: toText(answer.signature),
    userHandle: answer.userHandle ? toText(answer.userHandle) : null,
  });
}

/**
 * What a refusal of the device means, in words. Undefined when it is none.
 * @param {unknown} error
 */
export function deviceProblem(error) {
  if (!(error instanceof DOMException)) return undefined;
  switch (error.name) {
    case 'NotAllowedError':
    case 'AbortError':
      return 'Nothing was done: the request was cancelled, or it took too long. Try again.';
    case 'InvalidStateError':
      return 'This device has a passkey for you already. Use another device, or sign in with it.';
    case 'NotSupportedError':
    case 'ConstraintError':
      return 'This device cannot make a passkey with a PIN, fingerprint or face. Use another device or a security key.';
    case 'SecurityError':
      return 'Passkeys do not work at this address.';
    default:
      return `The device reported: ${error.message}`;
  }
}

/** What to call a passkey made here, until the person says otherwise. */
export function guessDeviceName() {
  const names = /** @type {const} */ ([
    ['iPhone', 'iPhone'],
    ['iPad', 'iPad'],
    ['Android', 'Android phone'],
    ['CrOS', 'Chromebook'],
    ['Windows', 'Windows computer'],
    ['Macintosh', 'Mac'],
    ['Linux', 'Linux computer'],
  ]);
  return names.find(([mark]) => navigator.userAgent.includes(mark))?.[1] ?? 'This device';
}

/**
 * @param {PublicKeyCredential} credential
 * @param {Record<string, unknown>} response
 */
function credentialJson({ id, type, authenticatorAttachment }, response) {
  return { id, rawId: id, type, authenticatorAttachment, clientExtensionResults: {}, response };
}

/** @param {Descriptor} descriptor */
function withBytes(descriptor) {
  return { type: 'public-key', ...descriptor, id: toBytes(descriptor.id) };
}

/** @param {string} base64url */
function toBytes(base64url) {
  return Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}

/** @param {ArrayBuffer} buffer */
function toText(buffer) {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join('');
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
