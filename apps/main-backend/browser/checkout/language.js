// @ts-check

/** The page in the language just chosen. The form goes along, so that nothing typed is lost; it is not paid. */
export function switchLanguage() {
  const select = document.querySelector('[data-language]');
  if (!(select instanceof HTMLSelectElement)) return;
  select.addEventListener('change', () => {
    const { form } = select;
    if (!form) return;
    if (form.method === 'post') {
      const again = Object.assign(document.createElement('input'), { type: 'hidden', name: 'again', value: 'yes' });
      form.append(again);
    }
    form.submit();
  });
}
