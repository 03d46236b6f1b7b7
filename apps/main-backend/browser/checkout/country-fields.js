// @ts-check
import { FormMemory } from './form-memory.js';
import { fetchPart } from './part.js';

/** When the country changes, the address is asked for as people write it there. What was typed stays. */
export function adaptToCountry() {
  const country = document.querySelector('#country');
  const place = document.querySelector('#country-fields');
  if (!(country instanceof HTMLSelectElement) || !(place instanceof HTMLElement)) return;
  const memory = new FormMemory();
  let latest = 0;

  country.addEventListener('change', async () => {
    const mine = ++latest;
    if (country.value === '') return;
    const part = await fetchPart(`${place.dataset['source']}${country.value}`);
    // The buyer may have chosen again meanwhile. Without an answer the old fields stay: they are good enough to pay with.
    if (part === undefined || mine !== latest) return;
    const open = place.querySelector('details')?.open ?? false;
    const focused = place.contains(document.activeElement) ? document.activeElement?.id : undefined;
    memory.remember(place);
    place.innerHTML = part;
    memory.recall(place);
    const address = place.querySelector('details');
    if (address) address.open = open;
    if (focused) document.getElementById(focused)?.focus();
    place.dispatchEvent(new CustomEvent('change', { bubbles: true }));
  });
}
