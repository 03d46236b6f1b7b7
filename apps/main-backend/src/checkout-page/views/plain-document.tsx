import type { StateText } from '../messages/index.js';
import type { PageFrame } from '../page-model.js';
import { Document } from './document.js';
import { Panel } from './panel.js';

/** A page about no checkout: the link is unknown, or we are in trouble. */
export function PlainDocument({ frame, text, requestId }: { frame: PageFrame; text: StateText; requestId?: string }) {
  return (
    <Document frame={frame} title={text.title}>
      <div class="page single">
        <main class="card" id="main">
          <Panel tone="stop" text={text}>
            {requestId && (
              <p class="small">
                {frame.messages.requestId}: <code>{requestId}</code>
              </p>
            )}
          </Panel>
        </main>
      </div>
    </Document>
  );
}
