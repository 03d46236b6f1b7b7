// @ts-check

/**
 * @typedef {{ taxIncluded: boolean, totalTax: number, totalGross: number, taxBreakdown: { taxRate: number, taxAmount: number }[] }} TaxPreview
 */

/** So that typing a postcode asks once, not at every key. */
const PAUSE_MS = 400;
const TAX_FIELDS = ['country', 'postcode', 'vatId'];

/** Shows the tax for what stands in the form. For information only: it is computed again when the buyer pays. */
export function previewTax() {
  const totals = document.querySelector('[data-tax-url]');
  const form = document.querySelector('#payment');
  if (!(totals instanceof HTMLElement) || !(form instanceof HTMLFormElement)) return;
  let latest = addressIn(form);
  let timer = 0;

  const ask = async () => {
    const address = addressIn(form);
    if (address === latest || form.dataset['sent'] === 'yes') return;
    latest = address;
    const preview = await fetchPreview(totals.dataset['taxUrl'] ?? '', address);
    if (preview && address === latest) show(preview, totals);
  };
  form.addEventListener('change', () => void ask());
  form.addEventListener('input', () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, PAUSE_MS);
  });
}

/** @param {HTMLFormElement} form */
function addressIn(form) {
  const data = new FormData(form);
  const business = data.get('business') === 'yes';
  const entries = TAX_FIELDS.map((name) => [name, name === 'vatId' && !business ? '' : String(data.get(name) ?? '').trim()]);
  return JSON.stringify(Object.fromEntries(entries.filter(([, value]) => value !== '')));
}

/** @param {string} url @param {string} address @returns {Promise<TaxPreview | undefined>} */
async function fetchPreview(url, address) {
  try {
    const body = `{"billingAddress":${address}}`;
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}

/** @param {TaxPreview} preview @param {HTMLElement} totals */
function show(preview, totals) {
  const { locale, currency = '', taxAdded = '', taxIncluded = '', taxChanged = '' } = totals.dataset;
  const scale = 10 ** Number(totals.dataset['digits']);
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const rates = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 3 });
  const template = preview.taxIncluded ? taxIncluded : taxAdded;
  const rows = preview.taxBreakdown.map(({ taxRate, taxAmount }) => ({
    term: template.replace('{rate}', rates.format(taxRate / 100)),
    value: money.format(taxAmount / scale),
  }));
  const list = totals.querySelector('dl');
  const total = totals.querySelector('.total');
  if (!list || !total) return;
  const before = textOf(list);
  for (const row of list.querySelectorAll('.tax')) row.remove();
  for (const row of rows) {
    if (preview.taxIncluded) list.append(rowOf(row, 'tax included'));
    else total.before(rowOf(row, 'tax'));
  }
  const amount = money.format(preview.totalGross / scale);
  for (const place of document.querySelectorAll('[data-total]')) {
    if (!(place instanceof HTMLElement)) continue;
    place.textContent = place.dataset['totalText']?.replace('{amount}', amount) ?? amount;
  }
  const news = totals.querySelector('[data-tax-news]');
  // Only what has changed is read out.
  if (!news || textOf(list) === before) return;
  news.textContent = taxChanged.replace('{tax}', money.format(preview.totalTax / scale)).replace('{total}', amount);
}

/** @param {Element} list */
function textOf(list) {
  return list.textContent?.replaceAll(/\s/g, '');
}

/** @param {{ term: string, value: string }} row @param {string} kind */
function rowOf({ term, value }, kind) {
  const row = document.createElement('div');
  row.className = kind;
  row.append(Object.assign(document.createElement('dt'), { textContent: term }));
  row.append(Object.assign(document.createElement('dd'), { textContent: value }));
  return row;
}
