// @ts-check

/** The provider usually answers much sooner; from here on the buyer wants to know that we are still at it. */
const SLOW_MS = 8_000;

/** A second click while the first is on its way must not send a form again, and the buyer sees that something happens. */
export function guardForms() {
  for (const form of document.querySelectorAll('form')) {
    form.addEventListener('submit', (event) => {
      if (event.defaultPrevented) return;
      if (form.dataset['sent'] === 'yes') {
        event.preventDefault();
        return;
      }
      const note = form.querySelector('[data-slow-note]');
      if (note && form.dataset['offline'] && !navigator.onLine) {
        // A page of the browser's own would replace ours, and what was typed would be gone.
        event.preventDefault();
        note.textContent = form.dataset['offline'];
        return;
      }
      form.dataset['sent'] = 'yes';
      if (event.submitter instanceof HTMLButtonElement) showBusy(form, event.submitter);
      if (note) window.setTimeout(() => tellSlow(form, note), SLOW_MS);
    });
  }
  // The back button can bring the page back exactly as it was left.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) for (const form of document.querySelectorAll('form')) makeReady(form);
  });
}

/** @param {HTMLFormElement} form @param {HTMLButtonElement} button */
function showBusy(form, button) {
  button.setAttribute('aria-disabled', 'true');
  if (!form.dataset['busy']) return;
  button.dataset['text'] = button.textContent ?? '';
  button.classList.add('busy');
  button.textContent = form.dataset['busy'];
}

/** @param {HTMLFormElement} form @param {Element} note */
function tellSlow(form, note) {
  if (form.dataset['sent'] === 'yes') note.textContent = form.dataset['slow'] ?? '';
}

/** @param {HTMLFormElement} form */
function makeReady(form) {
  delete form.dataset['sent'];
  for (const button of form.querySelectorAll('button')) {
    button.removeAttribute('aria-disabled');
    button.classList.remove('busy');
    if (button.dataset['text']) button.textContent = button.dataset['text'];
  }
  for (const note of form.querySelectorAll('[data-slow-note]')) note.textContent = '';
}
