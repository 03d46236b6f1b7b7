// @ts-check
// The card number stays in this page: it is looked up among the test numbers shown here, and only a token is sent.

const form = document.querySelector('form[data-pay]');
if (form instanceof HTMLFormElement) runPaymentForm(form);
guardAgainstDoubleClicks();

/** @param {HTMLFormElement} form */
function runPaymentForm(form) {
  form.hidden = false;
  const number = field('number');
  const iban = field('iban');
  const problem = form.querySelector('[data-problem]');

  for (const radio of form.querySelectorAll('input[name="kind"]')) {
    radio.addEventListener('change', () => {
      for (const part of form.querySelectorAll('div[data-kind]')) {
        if (part instanceof HTMLElement) part.hidden = part.dataset['kind'] !== kind();
      }
      say('');
    });
  }

  for (const chip of form.querySelectorAll('.chip')) {
    chip.addEventListener('click', () => {
      if (!(chip instanceof HTMLElement)) return;
      say('');
      if (kind() === 'bank_debit') {
        iban.value = chip.dataset['number'] ?? '';
        return;
      }
      number.value = chip.dataset['number'] ?? '';
      field('expiry').value ||= nextYear();
      field('cvc').value ||= '123';
      field('holder').value ||= 'Test Buyer';
    });
  }

  number.addEventListener('input', () => groupByFour(number));
  iban.addEventListener('input', () => groupByFour(iban));

  form.addEventListener('submit', (event) => {
    const wrong = check();
    if (wrong) {
      event.preventDefault();
      // Other listeners must not take this for a form on its way.
      event.stopImmediatePropagation();
      say(wrong.text);
      wrong.input.setAttribute('aria-invalid', 'true');
      wrong.input.focus();
      return;
    }
    const instrument = form.elements.namedItem('instrument');
    if (instrument instanceof HTMLInputElement) instrument.value = token((kind() === 'card' ? number : iban).value) ?? '';
  });

  form.addEventListener('input', () => {
    for (const input of form.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid');
  });

  /** @returns {{ input: HTMLInputElement, text: string } | undefined} */
  function check() {
    if (kind() === 'bank_debit') {
      return token(iban.value) ? undefined : { input: iban, text: 'Use one of the test accounts above. Real accounts do not work here.' };
    }
    if (!token(number.value)) return { input: number, text: 'Use one of the test cards above. Real cards do not work here.' };
    if (!isInFuture(field('expiry').value)) return { input: field('expiry'), text: 'Enter any month in the future, like 12 / 34.' };
    if (!/^\d{3,4}$/.test(field('cvc').value.trim())) return { input: field('cvc'), text: 'The security code has 3 digits, any will do.' };
    return undefined;
  }

  /** @param {string} typed */
  function token(typed) {
    const wanted = plain(typed);
    for (const chip of form.querySelectorAll('.chip')) {
      if (chip instanceof HTMLElement && plain(chip.dataset['number'] ?? '') === wanted) return chip.dataset['token'];
    }
    return undefined;
  }

  /** @param {string} text */
  function say(text) {
    if (problem) problem.textContent = text;
  }

  function kind() {
    return new FormData(form).get('kind');
  }
}

/** @param {string} id */
function field(id) {
  return /** @type {HTMLInputElement} */ (document.getElementById(id));
}

/** @param {string} typed */
function plain(typed) {
  return typed.replaceAll(/[\s-]/g, '').toUpperCase();
}

/** @param {HTMLInputElement} input */
function groupByFour(input) {
  // Only while typing at the end: moving the caret in the middle of a number would be a nuisance.
  if (input.selectionStart !== input.value.length) return;
  input.value = plain(input.value).replaceAll(/(.{4})(?=.)/g, '$1 ');
}

/** @param {string} typed month and year of two digits each */
function isInFuture(typed) {
  const parts = /^\s*(\d{1,2})\s*\/?\s*(\d{2})\s*$/.exec(typed);
  const month = Number(parts?.[1]);
  if (!parts || month < 1 || month > 12) return false;
  return new Date(2000 + Number(parts[2]), month, 1).getTime() > Date.now();
}

function nextYear() {
  return `12 / ${String((new Date().getFullYear() + 2) % 100).padStart(2, '0')}`;
}

function guardAgainstDoubleClicks() {
  for (const each of document.querySelectorAll('form')) {
    each.addEventListener('submit', (event) => {
      if (each.dataset['sent'] === 'yes') event.preventDefault();
      each.dataset['sent'] = 'yes';
    });
  }
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    for (const each of document.querySelectorAll('form')) delete each.dataset['sent'];
  });
}
