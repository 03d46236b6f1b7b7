import type { ComponentProps, VNode } from 'preact';
import { CheckoutDocument } from './checkout-document.js';
import { PlainDocument } from './plain-document.js';

export function checkoutDocument(props: ComponentProps<typeof CheckoutDocument>): VNode {
  return <CheckoutDocument {...props} />;
}

export function plainDocument(props: ComponentProps<typeof PlainDocument>): VNode {
  return <PlainDocument {...props} />;
}
