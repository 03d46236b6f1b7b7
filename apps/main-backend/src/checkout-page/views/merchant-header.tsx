import type { PageFrame } from '../page-model.js';

/** Who is being paid: logo when there is one, always the name. */
export function MerchantHeader({ frame }: { readonly frame: PageFrame }) {
  return (
    <header class="merchant">
      {frame.logoUrl ? (
        <img class="logo" src={frame.logoUrl} alt="" height={40} referrerpolicy="no-referrer" />
      ) : (
        <span class="monogram" aria-hidden="true">
          {initialOf(frame.merchant)}
        </span>
      )}
      <span class="merchant-name">{frame.merchant}</span>
    </header>
  );
}

function initialOf(name: string): string {
  const [first] = new Intl.Segmenter().segment(name.trim());
  return first?.segment.toUpperCase() ?? '';
}

/** What stands below every screen. */
export function PageFooter({ frame, payable }: { readonly frame: PageFrame; readonly payable: boolean }) {
  const { messages, supportEmail } = frame;
  return (
    <footer class="footer">
      {payable && <p>{messages.securePayment}</p>}
      {supportEmail && (
        <p>
          {messages.needHelp} <a href={`mailto:${encodeURIComponent(supportEmail).replace('%40', '@')}`}>{supportEmail}</a>
        </p>
      )}
    </footer>
  );
}
