// @ts-check
import { FormMemory } from './form-memory.js';
import { fetchPart } from './part.js';

/** When the country changes, the ways to pay are those that the shop offers there. One that stays possible stays chosen. */
export function offerMethodsOfCountry() {
  const country = document.querySelector('#country');
  const place = document.querySelector('#methods');
  const news = document.querySelector('[data-methods-news]');
  if (!(country instanceof HTMLSelectElement) || !(place instanceof HTMLElement)) return;
  const memory = new FormMemory();
  let latest = 0;

  country.addEventListener('change', async () => {
    const mine = ++latest;
    // Without an answer the old ones stay: the server looks again when the buyer pays.
    const part = await fetchPart(`${place.dataset['source']}${country.value}`);
    if (part === undefined || mine !== latest || country.form?.dataset['sent'] === 'yes') return;
    const offered = document.createElement('template');
    offered.innerHTML = part;
    if (String(choicesIn(offered.content)) === String(choicesIn(place))) return;
    const focused = place.contains(document.activeElement);
    memory.remember(place);
    place.replaceChildren(offered.content);
    memory.recall(place);
    if (focused) place.querySelector('input')?.focus();
    if (news) news.textContent = place.dataset['changed'] ?? '';
  });
}

/** @param {ParentNode} part */
function choicesIn(part) {
  return [...part.querySelectorAll('input')].map(({ value }) => value);
}
