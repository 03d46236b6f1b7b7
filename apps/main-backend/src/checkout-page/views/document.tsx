import type { ComponentChildren } from 'preact';
import type { PageFrame } from '../page-model.js';

interface DocumentProps {
  readonly frame: PageFrame;
  readonly title: string;
  /** Reloads or leaves without a script: seconds, and where to. */
  readonly refresh?: { readonly seconds: number; readonly url?: string; readonly onlyWithoutScript?: boolean };
  /** Tells the script what it is looking at. */
  readonly data?: Readonly<Record<`data-${string}`, string>>;
  /** A script for this screen alone. */
  readonly script?: string;
  readonly children: ComponentChildren;
}

/** The whole HTML document around one screen. */
export function Document({ frame, title, refresh, data, script, children }: DocumentProps) {
  const { messages } = frame;
  const refreshTag = refresh && (
    <meta http-equiv="refresh" content={refresh.url ? `${refresh.seconds};url=${refresh.url}` : String(refresh.seconds)} />
  );
  return (
    <html lang={messages.language} dir={messages.direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <link rel="icon" type="image/svg+xml" href={frame.assets.icon} />
        <link rel="stylesheet" href={frame.assets.css} />
        <style nonce={frame.nonce} dangerouslySetInnerHTML={{ __html: brandStyle(frame) }} />
        {refresh?.onlyWithoutScript ? <noscript>{refreshTag}</noscript> : refreshTag}
        {frame.assets.modules.map((module) => (
          <link rel="modulepreload" nonce={frame.nonce} href={module} />
        ))}
        <script type="module" nonce={frame.nonce} src={frame.assets.script} />
        {script && <script type="module" nonce={frame.nonce} src={script} />}
      </head>
      <body {...data}>
        <a class="skip" href="#main">
          {messages.skipToPayment}
        </a>
        {!frame.livemode && (
          <aside class="test-banner">
            <p>{messages.testMode}</p>
          </aside>
        )}
        {children}
      </body>
    </html>
  );
}

/** The palette holds nothing but `#rrggbb` made by ourselves, so it is safe inside a style element. */
function brandStyle({ palette }: PageFrame): string {
  const variables = (scheme: 'light' | 'dark') => {
    const { button, buttonEdge, onButton, accent } = palette[scheme];
    return `:root{--brand:${button};--brand-edge:${buttonEdge};--on-brand:${onButton};--accent:${accent}}`;
  };
  return `${variables('light')}@media (prefers-color-scheme:dark){${variables('dark')}}`;
}
