// @ts-check
import { showPasskeys } from './passkeys.js';
import { ask, begin, complete, isSignedOut, Refusal, resume, signOut } from './session.js';
import { canUsePasskeys, createPasskey, deviceProblem, guessDeviceName, usePasskey } from './webauthn.js';

/** @typedef {import('./session.js').User} User */
/** @typedef {'start' | 'register' | 'account' | 'unable'} View */

const YEAR_SECONDS = 365 * 24 * 3600;

const problem = byId('problem');
const status = byId('status');
const registerForm = form('register-form');
const addForm = form('add-form');
const organizations = /** @type {HTMLSelectElement} */ (byId('organization'));
let busy = false;

byId('sign-in').addEventListener('click', () => void attempt('sign-in', signIn));
byId('sign-out').addEventListener('click', () => void attempt('sign-out', leave));
registerForm.addEventListener('submit', (event) => {
  event.preventDefault();
  void attempt('register-submit', register);
});
addForm.addEventListener('submit', (event) => {
  event.preventDefault();
  void attempt('add', addPasskey);
});
organizations.addEventListener('change', chooseOrganization);
window.addEventListener('hashchange', () => void attempt(undefined, start));
void attempt(undefined, start);

/** Finds out where to begin: an invitation, a session of this browser, or signing in. */
async function start() {
  const origins = (document.body.dataset['origins'] ?? '').split(' ');
  if (!origins.includes(location.origin)) return unable(`Passkeys work at ${origins[0]} only.`, origins[0]);
  if (!canUsePasskeys()) return unable('This browser cannot use passkeys. Use a current browser, over https.');
  const user = await resume();
  const { invitation } = tokens();
  if (user && invitation) return accept(invitation, user);
  if (user) return showAccount(user);
  showEntrance();
}

function showEntrance() {
  const { setup, invitation } = tokens();
  if (setup === null && invitation === null) return show('start');
  const isSetup = setup !== null;
  byId('register-title').textContent = isSetup ? 'Register the first administrator' : 'Accept your invitation';
  byId('account-hint').hidden = isSetup;
  const email = field(registerForm, 'email');
  email.required = isSetup;
  byId('email-field').hidden = !isSetup;
  field(registerForm, 'label').value ||= guessDeviceName();
  show('register');
}

async function signIn() {
  const { options } = await begin({});
  await showAccount(await complete(await usePasskey(options)));
  say('You are signed in.');
}

async function register() {
  const { setup, invitation } = tokens();
  const [displayName, label] = [field(registerForm, 'displayName').value, field(registerForm, 'label').value];
  const wish =
    setup === null
      ? { invitationToken: invitation, displayName }
      : { setupToken: setup, displayName, email: field(registerForm, 'email').value };
  const { ceremony, options } = await begin(wish);
  if (ceremony === 'authentication') {
    const user = await complete(await usePasskey(options));
    return accept(invitation ?? '', user);
  }
  const user = await complete(await createPasskey(options), label);
  forgetTokens();
  await showAccount(user);
  say('You are registered and signed in.');
}

/**
 * Somebody who has an account accepts an invitation with it.
 * @param {string} token
 * @param {User} user
 */
async function accept(token, user) {
  try {
    await ask('POST', '/invitations/accept', { token });
    say('You have accepted the invitation.');
  } catch (error) {
    if (!(error instanceof Refusal) || isSignedOut(error)) throw error;
    complain(error.message);
  }
  forgetTokens();
  await showAccount(user);
}

async function addPasskey() {
  const label = field(addForm, 'label').value;
  const { options } = await ask('POST', '/profile/passkeys', {});
  await ask('POST', '/profile/passkeys/complete', { response: await createPasskey(options), label });
  await listPasskeys();
  say('The new passkey can be used from now on.');
}

async function leave() {
  try {
    await signOut();
  } finally {
    showEntrance();
  }
  say('You are signed out.');
}

/** @param {User} user */
async function showAccount(user) {
  byId('who').textContent = `${user.displayName} (${user.email})`;
  byId('global-admin').hidden = !user.globalAdmin;
  field(addForm, 'label').value = guessDeviceName();
  await Promise.all([listOrganizations(), listPasskeys()]);
  show('account');
}

async function listOrganizations() {
  const answer = await ask('GET', '/organizations?limit=100');
  /** @type {{ id: string, name: string, role?: string }[]} */
  const list = answer.organizations;
  const chosen = /(?:^|; )selectedOrganization=([^;]*)/.exec(document.cookie)?.[1];
  organizations.replaceChildren(
    ...list.map(({ id, name, role }) => new Option(role ? `${name} (${role})` : name, id, false, id === chosen)),
  );
  byId('organizations').hidden = list.length === 0;
  byId('no-organization').hidden = list.length > 0;
  if (list.length > 0) chooseOrganization();
}

/** The API acts for the organization of this cookie when an address names none. */
function chooseOrganization() {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `selectedOrganization=${organizations.value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Strict${secure}`;
}

async function listPasskeys() {
  const { passkeys } = await ask('GET', '/profile/passkeys');
  showPasskeys(byId('passkeys'), passkeys, {
    rename: (id, label) =>
      attempt(undefined, async () => {
        await ask('PATCH', `/profile/passkeys/${id}`, { label });
        await listPasskeys();
        say('Renamed.');
      }),
    remove: (id) =>
      attempt(undefined, async () => {
        await ask('DELETE', `/profile/passkeys/${id}`);
        await listPasskeys();
        say('Deleted. That passkey no longer signs in.');
      }),
  });
}

/**
 * Does one thing at a time and says in words what went wrong.
 * @param {string | undefined} buttonId
 * @param {() => Promise<void>} work
 */
async function attempt(buttonId, work) {
  if (busy) return;
  busy = true;
  const button = buttonId === undefined ? undefined : byId(buttonId);
  button?.setAttribute('aria-disabled', 'true');
  complain('');
  say('');
  try {
    await work();
  } catch (error) {
    if (isSignedOut(error) && viewIs('account')) showEntrance();
    complain(deviceProblem(error) ?? explain(error));
  } finally {
    button?.removeAttribute('aria-disabled');
    busy = false;
  }
}

/** @param {unknown} error */
function explain(error) {
  if (error instanceof Refusal && error.code === 'passkey_rejected') {
    return 'This passkey could not be verified. It may have been deleted here: try another one, or ask an administrator.';
  }
  return error instanceof Error ? error.message : String(error);
}

/**
 * @param {string} reason
 * @param {string} [address] where it works
 */
function unable(reason, address) {
  byId('unable-reason').textContent = reason;
  const link = /** @type {HTMLAnchorElement} */ (byId('unable-link'));
  link.hidden = address === undefined;
  link.href = `${address ?? ''}/sign-in${location.hash}`;
  show('unable');
}

/** @param {View} view */
function show(view) {
  if (viewIs(view)) return;
  for (const section of document.querySelectorAll('section')) section.hidden = section.id !== view;
  byId(view).querySelector('h1')?.focus();
}

/** @param {View} view */
function viewIs(view) {
  return !byId(view).hidden;
}

/** Behind the hash sign of a link, which browsers keep to themselves. */
function tokens() {
  const given = new URLSearchParams(location.hash.slice(1));
  return { setup: given.get('setup'), invitation: given.get('invitation') };
}

/** A used token has no place in the history of the browser. */
function forgetTokens() {
  history.replaceState(null, '', location.pathname);
}

/** @param {string} text */
function complain(text) {
  problem.textContent = text;
}

/** @param {string} text */
function say(text) {
  status.textContent = text;
}

/** @param {string} id */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page lacks #${id}`);
  return found;
}

/** @param {string} id */
function form(id) {
  return /** @type {HTMLFormElement} */ (byId(id));
}

/**
 * @param {HTMLFormElement} within
 * @param {string} name
 */
function field(within, name) {
  return /** @type {HTMLInputElement} */ (within.elements.namedItem(name));
}
