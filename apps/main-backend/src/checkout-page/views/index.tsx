import type { ComponentProps, VNode } from 'preact';
import { CheckoutDocument } from './checkout-document.js';
import { CountryFields } from './billing-fields.js';
import { Methods } from './methods.js';
import { PlainDocument } from './plain-document.js';
import { ReceiptDocument } from './receipt-document.js';

export function checkoutDocument(props: ComponentProps<typeof CheckoutDocument>): VNode {
  return <CheckoutDocument {...props} />;
}

export function plainDocument(props: ComponentProps<typeof PlainDocument>): VNode {
  return <PlainDocument {...props} />;
}

export function receiptDocument(props: ComponentProps<typeof ReceiptDocument>): VNode {
  return <ReceiptDocument {...props} />;
}

/** Parts of the form, for the page's script to put in. */
export function countryFields(props: ComponentProps<typeof CountryFields>): VNode {
  return <CountryFields {...props} />;
}

export function paymentMethods(props: ComponentProps<typeof Methods>): VNode {
  return <Methods {...props} />;
}
