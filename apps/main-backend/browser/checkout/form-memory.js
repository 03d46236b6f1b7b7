// @ts-check
// What the buyer has typed, while the page is open: nothing is written into the browser.

/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

/** @param {ParentNode} part @returns {Field[]} */
function fieldsOf(part) {
  return [...part.querySelectorAll('input, select')].filter(
    /** @returns {field is Field} */ (field) => field instanceof HTMLInputElement || field instanceof HTMLSelectElement,
  );
}

/** Remembers the fields of a part of a form, and puts what it remembers into fields of the same name. */
export class FormMemory {
  /** @type {Map<string, string | boolean>} */
  #known = new Map();

  /** @param {ParentNode} part */
  remember(part) {
    for (const field of fieldsOf(part)) {
      if (isRadio(field) && !field.checked) continue;
      this.#known.set(field.name, isTick(field) ? field.checked : field.value);
    }
  }

  /** A value that a list does not have is left out. @param {ParentNode} part */
  recall(part) {
    for (const field of fieldsOf(part)) {
      const value = this.#known.get(field.name);
      if (value === undefined) continue;
      // The others of its group are let go by the browser.
      if (isRadio(field)) field.checked ||= field.value === value;
      else if (isTick(field)) field.checked = value === true;
      else if (field instanceof HTMLInputElement || [...field.options].some((option) => option.value === value))
        field.value = String(value);
    }
  }
}

/** @param {Field} field @returns {field is HTMLInputElement} */
function isTick(field) {
  return field instanceof HTMLInputElement && field.type === 'checkbox';
}

/** @param {Field} field @returns {field is HTMLInputElement} */
function isRadio(field) {
  return field instanceof HTMLInputElement && field.type === 'radio';
}
