import { LANGUAGE_NAMES, PAGE_LANGUAGES } from '../language.js';
import type { PageFrame } from '../page-model.js';

/** Where a change of the language leads. */
export type LanguageTarget =
  /** The form is sent and comes back with everything typed. */
  | { readonly form: 'payment' }
  /** The same address in another language. */
  | { readonly path: string };

export function LanguageSwitch({ frame, target }: { readonly frame: PageFrame; readonly target: LanguageTarget }) {
  const { messages } = frame;
  const form = 'form' in target ? target.form : undefined;
  const select = (
    <>
      <label class="visually-hidden" for="language">
        {messages.chooseLanguage}
      </label>
      <select id="language" name="language" form={form} autocomplete="off" data-language>
        {PAGE_LANGUAGES.map((language) => (
          <option value={language} lang={language} selected={language === messages.language}>
            {LANGUAGE_NAMES[language]}
          </option>
        ))}
      </select>
      <noscript>
        <button class="link-button" type="submit" form={form} name={form && 'again'} value={form && 'yes'} formNoValidate>
          {messages.apply}
        </button>
      </noscript>
    </>
  );
  if (form !== undefined || !('path' in target)) return <div class="language">{select}</div>;
  return (
    <form class="language" method="get" action={target.path}>
      {select}
    </form>
  );
}
