import { X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Clock } from '@paygate/kernel';
import { undecided } from './paypal-errors.js';
import type { PaypalTransport } from './paypal-transport.js';

/** PayPal uses a handful at a time. */
const MOST_REMEMBERED = 50;

/** The certificates PayPal signs notifications with, fetched once each. Which addresses may be asked is the caller's to check. */
export class PaypalCertificates {
  private readonly known = new Map<string, X509Certificate>();

  constructor(
    private readonly transport: PaypalTransport,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns undefined when there is no certificate that is valid now at the address
   * @throws DomainError provider_error when PayPal cannot be asked
   */
  async keyAt(address: string): Promise<KeyObject | undefined> {
    const certificate = this.known.get(address) ?? (await this.fetch(address));
    const now = this.clock.now().getTime();
    if (!certificate || now < Date.parse(certificate.validFrom) || now > Date.parse(certificate.validTo)) return undefined;
    return certificate.publicKey;
  }

  private async fetch(address: string): Promise<X509Certificate | undefined> {
    const answer = await this.transport.send(address, { method: 'GET' });
    if (answer.status >= 500 || answer.status === 429) throw undecided(answer);
    const certificate = answer.status === 200 ? parse(answer.text) : undefined;
    if (!certificate) return undefined;
    this.known.set(address, certificate);
    const [oldest] = this.known.keys();
    if (this.known.size > MOST_REMEMBERED && oldest !== undefined) this.known.delete(oldest);
    return certificate;
  }
}

function parse(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}
