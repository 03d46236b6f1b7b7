import { Money } from '@paygate/kernel';
import type { ComponentChildren } from 'preact';
import type { SandboxAssetAddresses } from '../sandbox-assets.js';
import type { SandboxPayment } from '../sandbox-payment.js';

export interface SandboxPageProps {
  readonly payment: SandboxPayment;
  readonly assets: SandboxAssetAddresses;
}

interface SandboxDocumentProps extends SandboxPageProps {
  readonly title: string;
  /** Goes there by itself. */
  readonly onwards?: string;
  readonly children: ComponentChildren;
}

/** Frame of every page: says loudly that nothing here is real. */
export function SandboxDocument({ payment, assets, title, onwards, children }: SandboxDocumentProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <link rel="icon" type="image/svg+xml" href={assets.icon} />
        <link rel="stylesheet" href={assets.css} />
        {onwards && <meta http-equiv="refresh" content={`0;url=${onwards}`} />}
        <script src={assets.script} defer />
      </head>
      <body>
        <p class="banner" role="note">
          Sandbox: a simulated payment provider. Never enter a real card or account.
        </p>
        <main class="card">
          <header class="head">
            <p class="description">{payment.description}</p>
            <p class="amount">{Money.ofMinor(payment.amount, payment.currency).format('en')}</p>
          </header>
          {children}
        </main>
      </body>
    </html>
  );
}
