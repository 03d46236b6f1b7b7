// @ts-check
// Makes the payment page nicer. Everything works without it: forms are plain forms, waiting pages reload by themselves.

const FIRST_POLL_MS = 2_000;
const SLOWEST_POLL_MS = 15_000;

guardAgainstDoubleClicks();
showLocalTimes();
focusWhatMatters();
offerToPrint();
watchPendingPayment();

/** A second click while the first is on its way must not send the form again. */
function guardAgainstDoubleClicks() {
  for (const form of document.querySelectorAll('form')) {
    form.addEventListener('submit', (event) => {
      if (form.dataset['sent'] === 'yes') {
        event.preventDefault();
        return;
      }
      form.dataset['sent'] = 'yes';
      const button = event.submitter;
      if (!(button instanceof HTMLButtonElement)) return;
      button.setAttribute('aria-disabled', 'true');
      if (form.dataset['busy']) {
        button.dataset['text'] = button.textContent ?? '';
        button.textContent = form.dataset['busy'];
      }
    });
  }
  // The back button can bring the page back exactly as it was left.
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll('form')) {
      delete form.dataset['sent'];
      for (const button of form.querySelectorAll('button')) {
        button.removeAttribute('aria-disabled');
        if (button.dataset['text']) button.textContent = button.dataset['text'];
      }
    }
  });
}

/** The server writes instants in UTC; here the buyer's own time zone is known. */
function showLocalTimes() {
  for (const time of document.querySelectorAll('time[data-local]')) {
    const locale = time.getAttribute('data-local') ?? undefined;
    const at = new Date(time.getAttribute('datetime') ?? '');
    time.textContent = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
  }
}

/** After a failed attempt or a change of state, keyboards and screen readers start at the news. */
function focusWhatMatters() {
  /** @type {HTMLElement | null} */
  const news = document.querySelector('.notice[data-focus]') ?? document.querySelector('.panel [data-focus]');
  news?.focus({ preventScroll: news.matches('.panel *') });
}

function offerToPrint() {
  const button = document.querySelector('[data-print]');
  if (!(button instanceof HTMLButtonElement)) return;
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

/** Asks for the state until it changes, more slowly with time, and not while nobody looks. */
function watchPendingPayment() {
  const url = document.body.dataset['statusUrl'];
  const screen = document.body.dataset['screen'];
  const status = document.querySelector('[data-status]');
  if (!url) return;
  let delay = FIRST_POLL_MS;

  const look = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(url, { cache: 'no-store' });
        const state = answer.ok ? await answer.json() : undefined;
        if (state && state.screen !== screen) {
          window.location.replace(state.url);
          return;
        }
        if (status instanceof HTMLElement && status.textContent === '') status.textContent = status.dataset['waiting'] ?? '';
      } catch {
        // Offline for a moment: the next look may succeed.
      }
      delay = Math.min(delay * 1.3, SLOWEST_POLL_MS);
    }
    window.setTimeout(look, delay);
  };
  window.setTimeout(look, delay);
}
