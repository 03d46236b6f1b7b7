// @ts-check
// Makes the payment page nicer. Everything works without it: forms are plain forms, waiting pages reload by themselves.
import { adaptToCountry } from './country-fields.js';
import { switchLanguage } from './language.js';
import { offerMethodsOfCountry } from './payment-methods.js';
import { guardForms } from './sending.js';
import { previewTax } from './tax-preview.js';
import { checkVatId } from './vat-id.js';
import { watchPayment } from './watch.js';

guardForms();
showLocalTimes();
focusWhatMatters();
offerToPrint();
offerToCopy();
adaptToCountry();
offerMethodsOfCountry();
previewTax();
checkVatId();
switchLanguage();
watchPayment();

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
  const news = document.querySelector('.notice[data-focus]') ?? document.querySelector('h1[data-focus]');
  news?.focus({ preventScroll: news.matches('h1') });
}

function offerToPrint() {
  for (const button of document.querySelectorAll('button[data-print]')) {
    if (!(button instanceof HTMLButtonElement)) continue;
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }
}

/** Browsers allow copying on secure pages only; elsewhere the buttons stay hidden. */
function offerToCopy() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll('button[data-copy]')) {
    if (!(button instanceof HTMLButtonElement)) continue;
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.dataset['copy'] ?? '');
      button.textContent = button.dataset['copied'] ?? '';
    });
  }
}
