import type { FieldEncryption } from '@paygate/data-kit';
import { encryptionContext } from '@paygate/messages';
import type { EncryptedSecret, SiteSnapshot } from '@paygate/messages';
import type { SnapshotView } from '@paygate/messaging-kit';
import type { IpnVersion } from '@paygate/webhook-protocol';

const REUSE_MS = 1_000;

/** What a notification needs to know of its site. */
export class SiteDirectory {
  /** By snapshot: a changed site is another object. */
  private readonly decrypted = new Map<SiteSnapshot, readonly string[]>();
  private reuseUntil = 0;

  constructor(
    private readonly sites: Pick<SnapshotView<SiteSnapshot>, 'get'>,
    private readonly encryption: Pick<FieldEncryption, 'decrypt'>,
  ) {}

  /** Undefined while the site's settings have not arrived. */
  ipnVersion(siteId: string): IpnVersion | undefined {
    return this.sites.get(siteId)?.ipnVersion;
  }

  /** Undefined while the site's settings have not arrived. */
  organizationOf(siteId: string): string | undefined {
    return this.sites.get(siteId)?.organizationId;
  }

  /**
   * The secrets that sign at this instant, the current one first; undefined while the site's settings have not arrived.
   * Decrypted ones are reused for a second, so that a burst of notifications does not decrypt the same secret for each.
   * @throws DecryptionError
   */
  signingSecrets(siteId: string, now: Date): readonly string[] | undefined {
    const site = this.sites.get(siteId);
    if (!site) return undefined;
    if (now.getTime() >= this.reuseUntil) {
      this.decrypted.clear();
      this.reuseUntil = now.getTime() + REUSE_MS;
    }
    let secrets = this.decrypted.get(site);
    if (!secrets) {
      secrets = this.decrypt(site, now);
      this.decrypted.set(site, secrets);
    }
    return secrets.length > 0 ? secrets : undefined;
  }

  private decrypt(site: SiteSnapshot, now: Date): readonly string[] {
    return site.signingSecrets
      .filter((secret) => isLive(secret, now))
      .sort((a, b) => (expiry(a) === expiry(b) ? 0 : expiry(b) - expiry(a)))
      .map((secret) => this.encryption.decrypt(secret.ciphertext, encryptionContext.siteSigningSecret(site.id)));
  }
}

function isLive(secret: EncryptedSecret, now: Date): boolean {
  return expiry(secret) > now.getTime();
}

/** The current secret has no end. */
function expiry(secret: EncryptedSecret): number {
  return secret.validUntil === undefined ? Number.POSITIVE_INFINITY : Date.parse(secret.validUntil);
}
