import type { PageFrame } from '../page-model.js';
import { LanguageSwitch } from './language-switch.js';
import type { LanguageTarget } from './language-switch.js';

interface HeaderProps {
  readonly frame: PageFrame;
  /** For screen readers, where the page shows none of its own: every page has one heading, within a landmark. */
  readonly heading?: string;
}

/** Who is being paid: logo when there is one, always the name. */
export function MerchantHeader({ frame, heading }: HeaderProps) {
  const { logoUrl, merchant, messages } = frame;
  return (
    <header class="merchant">
      {logoUrl ? (
        // The room is kept before the picture has come; a picture of another shape is fitted into it.
        <img class="logo" src={logoUrl} alt={messages.logoOf(merchant)} width={40} height={40} referrerpolicy="no-referrer" />
      ) : (
        <span class="monogram" aria-hidden="true">
          {initialOf(merchant)}
        </span>
      )}
      <span class="merchant-name">{merchant}</span>
      {heading && <h1 class="visually-hidden">{heading}</h1>}
    </header>
  );
}

function initialOf(name: string): string {
  const [first] = new Intl.Segmenter().segment(name.trim());
  return first?.segment.toUpperCase() ?? '';
}

interface FooterProps {
  readonly frame: PageFrame;
  readonly payable?: boolean;
  readonly language?: LanguageTarget;
}

/** What stands below every screen. */
export function PageFooter({ frame, payable = false, language }: FooterProps) {
  const { messages, supportEmail } = frame;
  return (
    <footer class="footer">
      {payable && <p>{messages.securePayment}</p>}
      {supportEmail && (
        <p>
          {messages.needHelp} <a href={`mailto:${encodeURIComponent(supportEmail).replace('%40', '@')}`}>{supportEmail}</a>
        </p>
      )}
      {language && <LanguageSwitch frame={frame} target={language} />}
    </footer>
  );
}
