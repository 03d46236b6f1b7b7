import type { CDPSession, Page } from 'playwright-core';

const OPTIONS = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;

/** A passkey as the developer tools hand it out, its private key and count of uses included. */
interface StoredPasskey {
  readonly credentialId: string;
  readonly isResidentCredential: boolean;
  readonly rpId?: string;
  readonly privateKey: string;
  readonly userHandle?: string;
  readonly signCount: number;
}

/** A device and the passkeys on it. */
export interface Device {
  readonly passkeys: readonly StoredPasskey[];
}

/** Where a page finds the one device that is at hand: its owner is there and shows who they are. */
export class DeviceSlot {
  private authenticatorId = '';

  private constructor(private readonly session: CDPSession) {}

  static async of(page: Page): Promise<DeviceSlot> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable');
    return new DeviceSlot(session);
  }

  /** Takes a device to hand; a new one when none is given. */
  async plugIn(device: Device = { passkeys: [] }): Promise<void> {
    ({ authenticatorId: this.authenticatorId } = await this.session.send('WebAuthn.addVirtualAuthenticator', { options: OPTIONS }));
    for (const credential of device.passkeys) {
      await this.session.send('WebAuthn.addCredential', { authenticatorId: this.authenticatorId, credential });
    }
  }

  /** Puts the device away. */
  async unplug(): Promise<Device> {
    const { credentials: passkeys } = await this.session.send('WebAuthn.getCredentials', { authenticatorId: this.authenticatorId });
    await this.session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: this.authenticatorId });
    return { passkeys };
  }

  /** Whether the device recognizes the finger or the PIN of who uses it. */
  async recognizes(isOwner: boolean): Promise<void> {
    await this.session.send('WebAuthn.setUserVerified', { authenticatorId: this.authenticatorId, isUserVerified: isOwner });
  }
}
