import type { CheckoutMessages } from '../messages/index.js';
import type { PaymentForm } from '../page-model.js';

interface MethodsProps {
  readonly messages: CheckoutMessages;
  readonly form: Pick<PaymentForm, 'choices' | 'chosenId' | 'choiceMissing'>;
}

/** The ways to pay. The page's script asks for them again when the country changes. */
export function Methods({ messages, form }: MethodsProps) {
  const { choices, choiceMissing } = form;
  return (
    <fieldset class="group" aria-describedby={choiceMissing ? 'provider-problem' : undefined}>
      <legend>{messages.chooseMethod}</legend>
      {choices.length === 0 ? (
        <div class="notice warning">
          <p>
            <strong>{messages.noMethodHere.title}</strong>
          </p>
          <p>{messages.noMethodHere.text}</p>
        </div>
      ) : (
        <Choices messages={messages} form={form} />
      )}
      {choiceMissing && (
        <p class="problem" id="provider-problem">
          {messages.methodMissing}
        </p>
      )}
    </fieldset>
  );
}

function Choices({ messages, form }: MethodsProps) {
  return (
    <div class="methods">
      {form.choices.map((choice, index) => (
        <label class="method">
          <input
            type="radio"
            name="provider"
            id={`provider-${index}`}
            value={choice.id}
            required
            checked={choice.id === form.chosenId}
            aria-invalid={form.choiceMissing ? 'true' : undefined}
          />
          <span class="method-text">
            <span class="method-label">{choice.label}</span>
            <span class="method-note">{choice.description ?? messages.payNote(choice.label)}</span>
          </span>
        </label>
      ))}
    </div>
  );
}
