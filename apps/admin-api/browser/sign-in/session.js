// @ts-check
// Talks to the server. The access token lives in this module only; the refresh token in a cookie no script can read.

/** @typedef {{ id: string, email: string, displayName: string, globalAdmin: boolean }} User */

const API = '/api/v1';
/** No secret: says that asking for a new access token is worth a try. */
const MARK = 'paygate-signed-in';

/** @type {string | undefined} */
let accessToken;

/** The server said no. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} message
   */
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/**
 * Asks for a challenge.
 * @param {object} wish
 * @returns {Promise<{ ceremony: 'authentication' | 'registration', options: any }>}
 */
export function begin(wish) {
  return send('POST', '/auth', wish);
}

/**
 * Hands in what the device answered.
 * @param {object} credential
 * @param {string} [label]
 * @returns {Promise<User>}
 */
export async function complete(credential, label) {
  return signedIn(await send('POST', '/auth/authenticate-complete', { response: credential, label }));
}

/**
 * Goes on with the session of this browser, if there is one.
 * @returns {Promise<User | undefined>}
 */
export async function resume() {
  if (localStorage.getItem(MARK) === null) return undefined;
  try {
    return await refresh();
  } catch (error) {
    if (error instanceof Refusal && error.status < 500) return undefined;
    throw error;
  }
}

/**
 * A request of the person who is signed in.
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 */
export async function ask(method, path, body) {
  try {
    return await send(method, path, body, accessToken);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'access_token_expired') throw error;
    await refresh();
    return send(method, path, body, accessToken);
  }
}

export async function signOut() {
  const token = accessToken;
  accessToken = undefined;
  localStorage.removeItem(MARK);
  await send('POST', '/auth/logout', undefined, token);
}

/** Whether an error means that the session is over. @param {unknown} error */
export function isSignedOut(error) {
  return error instanceof Refusal && error.status === 401;
}

/** @returns {Promise<User>} */
async function refresh() {
  // A refresh token is good once: two tabs of a browser must not use the same one.
  const renew = async () => signedIn(await send('POST', '/auth/refresh-token'));
  try {
    return 'locks' in navigator ? await navigator.locks.request('paygate-refresh', renew) : await renew();
  } catch (error) {
    if (isSignedOut(error)) localStorage.removeItem(MARK);
    throw error;
  }
}

/** @param {{ accessToken: string, user: User }} answer */
function signedIn(answer) {
  accessToken = answer.accessToken;
  localStorage.setItem(MARK, 'yes');
  return answer.user;
}

/**
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @param {string} [token]
 * @returns {Promise<any>}
 */
async function send(method, path, body, token) {
  /** @type {Record<string, string>} */
  const headers = {};
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  let answer;
  try {
    answer = await fetch(API + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-store' });
  } catch {
    throw new Refusal(0, 'offline', 'The server cannot be reached. Check the connection and try again.');
  }
  const content = answer.headers.get('content-type')?.startsWith('application/json') ? await answer.json() : {};
  if (answer.ok) return content;
  throw new Refusal(answer.status, content.code ?? 'unknown', content.message ?? `The server answered ${answer.status}.`);
}
