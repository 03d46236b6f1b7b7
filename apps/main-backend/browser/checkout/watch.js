// @ts-check

/** A waiting page looks soon, then more slowly; a form is only looked after in case the order is paid in another tab. */
const FIRST_LOOK_MS = { waiting: 2_000, form: 15_000 };
const SLOWEST_MS = 15_000;

/** Asks for the state until it changes, and not while nobody looks or nothing can be asked. */
export function watchPayment() {
  const { statusUrl: url, screen, state = screen } = document.body.dataset;
  if (!url) return;
  let delay = screen === 'open' ? FIRST_LOOK_MS.form : FIRST_LOOK_MS.waiting;
  let timer = 0;

  const look = async () => {
    if (!document.hidden && !isSending()) {
      const update = await fetchUpdate(url);
      if (update && update.screen !== state && !isSending()) {
        window.location.replace(update.url);
        return;
      }
      tell(update === undefined && !navigator.onLine ? 'offline' : 'waiting');
      delay = Math.min(delay * 1.3, SLOWEST_MS);
    }
    timer = window.setTimeout(look, delay);
  };
  const lookNow = () => {
    if (document.hidden) return;
    window.clearTimeout(timer);
    void look();
  };
  timer = window.setTimeout(look, delay);
  window.addEventListener('online', lookNow);
  // Whoever comes back from the banking app wants to know at once.
  if (screen !== 'open') document.addEventListener('visibilitychange', lookNow);
}

/** What a form of this page sends is about to replace the page. */
function isSending() {
  return document.querySelector('form[data-sent]') !== null;
}

/** @param {string} url @returns {Promise<{ screen: string, url: string } | undefined>} */
async function fetchUpdate(url) {
  try {
    const answer = await fetch(url, { cache: 'no-store' });
    return answer.ok ? await answer.json() : undefined;
  } catch {
    // Offline for a moment: the next look may succeed.
    return undefined;
  }
}

/** @param {'waiting' | 'offline'} what */
function tell(what) {
  const place = document.querySelector('[data-status]');
  if (!(place instanceof HTMLElement)) return;
  const text = place.dataset[what] ?? '';
  if (place.textContent !== text) place.textContent = text;
}
