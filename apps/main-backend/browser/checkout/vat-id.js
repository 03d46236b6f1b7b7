// @ts-check

/** @typedef {{ status: 'valid' | 'invalid' | 'format' | 'unavailable' | 'recent', companyName?: string, reason?: string }} VatIdAnswer */
/** @typedef {{ text: string, state: 'asking' | 'good' | 'doubtful' }} News */

/** Says what is known of the VAT ID once the buyer has left its field. It never stands in the way of paying. */
export function checkVatId() {
  const place = document.querySelector('#country-fields');
  const form = document.querySelector('#payment');
  if (!(place instanceof HTMLElement) || !(form instanceof HTMLFormElement)) return;
  const words = place.dataset;
  let latest = '';
  /** @type {News | undefined} */
  let news;

  /** @param {News} [said] */
  const say = (said) => {
    news = said;
    const line = document.querySelector('#vatId-news');
    if (!(line instanceof HTMLElement)) return;
    line.dataset['state'] = said?.state ?? '';
    // Written again, it would be read out again.
    if (line.textContent !== (said?.text ?? '')) line.textContent = said?.text ?? '';
  };
  const ask = async () => {
    const question = questionIn(form, words['session'] ?? '');
    if (question === latest) {
      // The field may be a new one: another country has other fields.
      say(news);
      return;
    }
    latest = question;
    if (question === '') {
      say();
      return;
    }
    say({ text: words['vatChecking'] ?? '', state: 'asking' });
    const answer = await fetchAnswer(words['vatUrl'] ?? '', question);
    if (question === latest) say(newsOf(answer, words));
  };

  form.addEventListener('change', () => void ask());
  form.addEventListener('focusout', () => void ask());
  form.addEventListener('input', ({ target }) => {
    // What was said was about something else.
    if (!(target instanceof HTMLElement) || target.id !== 'vatId') return;
    latest = '';
    say();
  });
  void ask();
}

/** @param {HTMLFormElement} form @param {string} sessionPublicId */
function questionIn(form, sessionPublicId) {
  const data = new FormData(form);
  const vatId = String(data.get('vatId') ?? '').trim();
  if (vatId === '' || data.get('business') !== 'yes') return '';
  return JSON.stringify({ vatId, countryCode: String(data.get('country') ?? ''), sessionPublicId });
}

/** @param {string} url @param {string} body @returns {Promise<VatIdAnswer>} */
async function fetchAnswer(url, body) {
  try {
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    if (answer.ok) return await answer.json();
  } catch {
    // As when the server cannot find it out.
  }
  return { status: 'unavailable' };
}

/** @param {VatIdAnswer} answer @param {DOMStringMap} words @returns {News | undefined} */
function newsOf({ status, companyName, reason }, words) {
  switch (status) {
    case 'valid':
    case 'recent': {
      const text = companyName === undefined ? words['vatValid'] : words['vatValidFor']?.replace('{company}', () => companyName);
      return { text: text ?? '', state: 'good' };
    }
    case 'invalid':
      return { text: (reason === 'NOT_REGISTERED' ? words['vatNotRegistered'] : words['vatWrong']) ?? '', state: 'doubtful' };
    case 'unavailable':
      return { text: words['vatUnavailable'] ?? '', state: 'doubtful' };
    default:
      return undefined;
  }
}
