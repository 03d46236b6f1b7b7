import { Money } from '@paygate/kernel';
import { TEST_INSTRUMENTS } from '../test-instruments.js';
import type { TestInstrument } from '../test-instruments.js';
import { SandboxDocument } from './sandbox-document.js';
import type { SandboxPageProps } from './sandbox-document.js';

interface PayDocumentProps extends SandboxPageProps {
  readonly unknownInstrument?: boolean;
}

/**
 * Where the buyer enters a card or an account. The fields have no name, so no browser ever sends them: the script looks the
 * number up among the test numbers on this page and sends the token alone.
 */
export function PayDocument({ payment, assets, unknownInstrument = false }: PayDocumentProps) {
  const action = `/sandbox/pay/${payment.pageToken}`;
  const amount = Money.ofMinor(payment.amount, payment.currency).format('en');
  return (
    <SandboxDocument payment={payment} assets={assets} title="Sandbox payment">
      <h1>Pay by card or bank debit</h1>
      {unknownInstrument && (
        <p class="problem" role="alert">
          Choose one of the test cards or accounts.
        </p>
      )}
      <form class="with-script" method="post" action={action} novalidate hidden data-pay>
        <input type="hidden" name="instrument" value="" />
        <fieldset class="kinds">
          <legend class="visually-hidden">How to pay</legend>
          <label>
            <input type="radio" name="kind" value="card" checked /> Card
          </label>
          <label>
            <input type="radio" name="kind" value="bank_debit" /> Bank debit
          </label>
        </fieldset>
        <div data-kind="card">
          <Chips type="card" title="Test cards: choose one to fill the form" />
          <Field id="number" label="Card number" inputmode="numeric" maxLength={23} />
          <div class="pair">
            <Field id="expiry" label="Expiry (MM / YY)" inputmode="numeric" maxLength={7} />
            <Field id="cvc" label="Security code" inputmode="numeric" maxLength={4} />
          </div>
          <Field id="holder" label="Name on card" maxLength={100} />
        </div>
        <div data-kind="bank_debit" hidden>
          <Chips type="bank_debit" title="Test accounts: choose one to fill the form" />
          <Field id="iban" label="IBAN" maxLength={42} />
          <p class="note">You allow the shop to collect this amount once. The bank confirms or refuses a little later.</p>
        </div>
        <p class="problem" role="alert" id="instrument-problem" data-problem />
        <button class="button" type="submit">
          Pay {amount}
        </button>
      </form>
      <noscript>
        <form method="post" action={action}>
          <fieldset class="list">
            <legend>Choose a test card or account</legend>
            {TEST_INSTRUMENTS.map((instrument, index) => (
              <label>
                <input type="radio" name="instrument" value={instrument.token} checked={index === 0} /> {instrument.number}:{' '}
                {instrument.label}
              </label>
            ))}
          </fieldset>
          <button class="button" type="submit">
            Pay {amount}
          </button>
        </form>
      </noscript>
      <form class="cancel" method="post" action={`${action}/cancel`}>
        <button class="link-button" type="submit">
          Cancel and go back
        </button>
      </form>
    </SandboxDocument>
  );
}

function Chips({ type, title }: { readonly type: TestInstrument['type']; readonly title: string }) {
  return (
    <div class="chips" role="group" aria-labelledby={`${type}-chips`}>
      <p class="caption" id={`${type}-chips`}>
        {title}
      </p>
      {TEST_INSTRUMENTS.filter((instrument) => instrument.type === type).map(({ number, token, label }) => (
        <button class="chip" type="button" data-number={number} data-token={token}>
          <span class="chip-number">{number}</span>
          <span class="chip-label">{label}</span>
        </button>
      ))}
    </div>
  );
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly inputmode?: 'numeric';
  readonly maxLength: number;
}

/** Without a name on purpose, and never filled by the browser: a real card has no business here. */
function Field({ id, label, inputmode, maxLength }: FieldProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        inputmode={inputmode}
        maxLength={maxLength}
        autocomplete="off"
        spellcheck={false}
        aria-describedby="instrument-problem"
        list={undefined}
      />
    </div>
  );
}
