import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class PasskeyResponse {
  @ApiProperty({ type: String })
  id!: string;

  @ApiProperty({ type: String })
  label!: string;

  @ApiProperty({ type: String, description: 'Model of the device or program that keeps it; all zeros when it does not say.' })
  aaguid!: string;

  @ApiProperty({ type: [String], description: 'How the device can be reached, as the browser told.' })
  transports!: string[];

  @ApiProperty({ type: Boolean, description: 'Synchronized, so it survives the loss of the device.' })
  backedUp!: boolean;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: string;

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  lastUsedAt?: string;
}

export class PasskeyListResponse {
  @ApiProperty({ type: [PasskeyResponse] })
  passkeys!: PasskeyResponse[];
}

export class PasskeyCeremonyResponse {
  @ApiProperty({ type: String, enum: ['registration'] })
  ceremony!: 'registration';

  @ApiProperty({
    type: Object,
    additionalProperties: true,
    description: 'Options for `PublicKeyCredential.parseCreationOptionsFromJSON`. Valid for five minutes and one attempt, in this browser.',
  })
  options!: object;
}

export const PASSKEY_EXAMPLE: PasskeyResponse = {
  id: '507f1f77bcf86cd799439032',
  label: 'Phone',
  aaguid: '00000000-0000-0000-0000-000000000000',
  transports: ['internal', 'hybrid'],
  backedUp: true,
  createdAt: '2026-01-31T09:30:00.000Z',
  lastUsedAt: '2026-02-01T08:00:00.000Z',
};

export const PASSKEY_CEREMONY_EXAMPLE: PasskeyCeremonyResponse = {
  ceremony: 'registration',
  options: {
    challenge: 'sJ3c7mL0f1m8Kq5uW2hNdw',
    rp: { name: 'paygate', id: 'api.example.com' },
    user: { id: 'NTA3ZjFmNzdiY2Y4NmNkNzk5NDM5MDMx', name: 'ada@example.com', displayName: 'Ada Lovelace' },
    pubKeyCredParams: [{ alg: -7, type: 'public-key' }],
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  },
};
