import type { ComponentChildren } from 'preact';
import { pagePath } from '../checkout-paths.js';
import type { StateText } from '../messages/index.js';
import type { Order, PageFrame } from '../page-model.js';

type Tone = 'good' | 'wait' | 'stop';

/** What the page's script says while it waits; read out, but never over what the buyer is doing. */
export function Waiting({ frame: { messages } }: { readonly frame: PageFrame }) {
  return <p class="small" role="status" data-status data-waiting={messages.stillWaiting} data-offline={messages.offline} />;
}

interface PanelProps {
  readonly tone: Tone;
  readonly text: StateText;
  /** Something is going on: a quiet movement says so, unless the buyer asked for none. */
  readonly busy?: boolean;
  readonly children?: ComponentChildren;
}

export function Panel({ tone, text, busy = false, children }: PanelProps) {
  return (
    <section class={`panel ${tone}`} aria-labelledby="panel-title">
      <Icon tone={tone} busy={busy} />
      <h1 id="panel-title" tabIndex={-1} data-focus>
        {text.title}
      </h1>
      <p class="panel-text">{text.text}</p>
      <div class="actions">{children}</div>
    </section>
  );
}

function Icon({ tone, busy }: { readonly tone: Tone; readonly busy: boolean }) {
  const drawing = { good: 'M7 12.5l3.2 3.2L17 9', wait: 'M12 7v5.2l3.2 1.9', stop: 'M8 12h8' }[tone];
  return (
    <svg class={busy ? 'icon busy' : 'icon'} viewBox="0 0 24 24" width="48" height="48" aria-hidden="true">
      <circle cx="12" cy="12" r="10" />
      <path d={drawing} />
    </svg>
  );
}

/** The way on, often to an address outside. */
export function LinkButton({ href, children }: { readonly href: string; readonly children: string }) {
  return (
    <a class="button" href={href} rel="noreferrer">
      {children}
    </a>
  );
}

/** Gives the attempt up and shows the form again. */
export function ChooseAnother({ frame: { messages }, order }: { readonly frame: PageFrame; readonly order: Order }) {
  return (
    <form method="post" action={`${pagePath(order.shortCode)}/cancel`}>
      <input type="hidden" name="language" value={messages.language} />
      <button class="button quiet" type="submit" name="then" value="choose">
        {messages.chooseAnother}
      </button>
    </form>
  );
}
