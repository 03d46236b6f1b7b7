// @ts-check
// The list of a person's passkeys.

/** @typedef {{ id: string, label: string, createdAt: string, lastUsedAt?: string, backedUp: boolean }} Passkey */
/** @typedef {{ rename: (id: string, label: string) => Promise<void>, remove: (id: string) => Promise<void> }} PasskeyActions */

/**
 * @param {HTMLElement} list
 * @param {Passkey[]} passkeys
 * @param {PasskeyActions} actions
 */
export function showPasskeys(list, passkeys, actions) {
  list.replaceChildren(...passkeys.map((passkey) => item(passkey, actions)));
}

/**
 * @param {Passkey} passkey
 * @param {PasskeyActions} actions
 */
function item(passkey, actions) {
  const entry = document.createElement('li');
  const text = document.createElement('div');
  text.append(element('span', 'passkey-label', passkey.label), element('span', 'muted', facts(passkey)));
  const row = element('div', 'row', '');
  const rename = button('Rename', `Rename ${passkey.label}`, () => {
    row.replaceChildren(...renaming(passkey, actions, idle));
    row.querySelector('input')?.select();
  });
  const remove = button('Delete', `Delete ${passkey.label}`, () => {
    row.replaceChildren(...removing(passkey, actions, idle));
    row.querySelector('button')?.focus();
  });
  function idle() {
    row.replaceChildren(rename, remove);
    rename.focus();
  }
  row.append(rename, remove);
  entry.append(text, row);
  return entry;
}

/**
 * @param {Passkey} passkey
 * @param {PasskeyActions} actions
 * @param {() => void} idle
 */
function renaming({ id, label }, actions, idle) {
  const input = document.createElement('input');
  input.value = label;
  input.maxLength = 60;
  input.setAttribute('aria-label', `New name of ${label}`);
  const save = () => void actions.rename(id, input.value);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') save();
    if (event.key === 'Escape') idle();
  });
  return [input, button('Save', `Save the name of ${label}`, save), button('Cancel', 'Cancel', idle)];
}

/**
 * @param {Passkey} passkey
 * @param {PasskeyActions} actions
 * @param {() => void} idle
 */
function removing({ id, label }, actions, idle) {
  const yes = button('Delete for good', `Delete ${label} for good`, () => void actions.remove(id));
  return [yes, button('Keep', `Keep ${label}`, idle)];
}

/** @param {Passkey} passkey */
function facts({ createdAt, lastUsedAt, backedUp }) {
  const used = lastUsedAt ? `last used ${day(lastUsedAt)}` : 'not used yet';
  return `Added ${day(createdAt)}, ${used}${backedUp ? ', synchronized' : ''}`;
}

/** @param {string} instant */
function day(instant) {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(new Date(instant));
}

/**
 * @param {string} text
 * @param {string} name for screen readers, who hear it without what stands around it
 * @param {() => void} act
 */
function button(text, name, act) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.setAttribute('aria-label', name);
  made.addEventListener('click', act);
  return made;
}

/**
 * @param {string} tag
 * @param {string} className
 * @param {string} text
 */
function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
