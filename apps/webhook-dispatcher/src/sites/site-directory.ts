import type { FieldEncryption } from '@paygate/data-kit';
import { encryptionContext } from '@paygate/messages';
import type { EncryptedSecret, SiteSnapshot } from '@paygate/messages';
import type { SnapshotView } from '@paygate/messaging-kit';
import type { IpnVersion } from '@paygate/webhook-protocol';

/** What a notification needs to know of its site. */
export class SiteDirectory {
  constructor(
    private readonly sites: Pick<SnapshotView<SiteSnapshot>, 'get'>,
    private readonly encryption: Pick<FieldEncryption, 'decrypt'>,
  ) {}

  /** Undefined while the site's settings have not arrived. */
  ipnVersion(siteId: string): IpnVersion | undefined {
    return this.sites.get(siteId)?.ipnVersion;
  }

  /**
   * The secrets that sign at this instant, the current one first; undefined while the site's settings have not arrived.
   * They are decrypted anew for each use and kept nowhere.
   * @throws DecryptionError
   */
  signingSecrets(siteId: string, now: Date): string[] | undefined {
    const secrets = this.sites.get(siteId)?.signingSecrets.filter((secret) => isLive(secret, now));
    if (!secrets?.length) return undefined;
    return secrets
      .sort((a, b) => (expiry(a) === expiry(b) ? 0 : expiry(b) - expiry(a)))
      .map((secret) => this.encryption.decrypt(secret.ciphertext, encryptionContext.siteSigningSecret(siteId)));
  }
}

function isLive(secret: EncryptedSecret, now: Date): boolean {
  return expiry(secret) > now.getTime();
}

/** The current secret has no end. */
function expiry(secret: EncryptedSecret): number {
  return secret.validUntil === undefined ? Number.POSITIVE_INFINITY : Date.parse(secret.validUntil);
}
