import type { SandboxStatus } from '../sandbox-payment.js';
import { SandboxDocument } from './sandbox-document.js';
import type { SandboxPageProps } from './sandbox-document.js';

const TITLES: Readonly<Record<SandboxStatus, string>> = {
  awaiting_buyer: 'Payment open',
  challenge_required: 'Payment open',
  processing: 'Debit ordered',
  paid: 'Payment accepted',
  declined: 'Payment declined',
  canceled: 'Payment cancelled',
};

/** On the way back to the shop. */
export function DoneDocument({ payment, assets }: SandboxPageProps) {
  return (
    <SandboxDocument payment={payment} assets={assets} title={TITLES[payment.status]} onwards={payment.returnUrl}>
      <h1>{TITLES[payment.status]}</h1>
      <p class="note">Taking you back to the shop.</p>
      <a class="button" href={payment.returnUrl}>
        Back to the shop
      </a>
    </SandboxDocument>
  );
}
