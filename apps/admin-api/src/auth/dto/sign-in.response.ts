import { ApiProperty } from '@nestjs/swagger';

/** A person as they see themselves. */
export class SignedInUserResponse {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  email!: string;

  @ApiProperty()
  displayName!: string;

  @ApiProperty({ description: 'May manage the platform itself.' })
  globalAdmin!: boolean;
}

export class CeremonyResponse {
  @ApiProperty({ enum: ['authentication', 'registration'] })
  ceremony!: 'authentication' | 'registration';

  @ApiProperty({
    type: Object,
    additionalProperties: true,
    description:
      'Options for the browser: `PublicKeyCredential.parseRequestOptionsFromJSON` (authentication) or `parseCreationOptionsFromJSON` (registration). Valid for five minutes and one attempt, in the browser that asked.',
  })
  options!: object;
}

export class SignedInResponse {
  @ApiProperty({ description: 'Send it as `Authorization: Bearer <accessToken>`, or `Token <accessToken>`.' })
  accessToken!: string;

  @ApiProperty({ enum: ['Bearer'] })
  tokenType!: 'Bearer';

  @ApiProperty({ description: 'Seconds.' })
  expiresIn!: number;

  @ApiProperty({ type: SignedInUserResponse })
  user!: SignedInUserResponse;
}

export class LoginCheckResponse {
  @ApiProperty({ enum: [true] })
  authenticated!: true;

  @ApiProperty({ type: SignedInUserResponse })
  user!: SignedInUserResponse;

  @ApiProperty({ description: 'When the access token expires.' })
  expiresAt!: string;
}

export const USER_EXAMPLE: SignedInUserResponse = {
  id: '507f1f77bcf86cd799439031',
  email: 'ada@example.com',
  displayName: 'Ada Lovelace',
  globalAdmin: false,
};

export const SIGNED_IN_EXAMPLE: SignedInResponse = {
  accessToken: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImtleTEifQ.eyJzaWQiOiI…',
  tokenType: 'Bearer',
  expiresIn: 600,
  user: USER_EXAMPLE,
};

export const CEREMONY_EXAMPLE: CeremonyResponse = {
  ceremony: 'authentication',
  options: { challenge: 'sJ3c7mL0f1m8Kq5uW2hNdw', timeout: 300000, rpId: 'api.example.com', userVerification: 'required' },
};
