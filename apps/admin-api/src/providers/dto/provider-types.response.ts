import { ApiProperty } from '@nestjs/swagger';

export class CredentialFieldResponse {
  @ApiProperty({ type: String, example: 'secretKey' }) name!: string;
  @ApiProperty({ type: String, description: 'What the provider’s own pages call it.', example: 'Secret key' }) label!: string;
  @ApiProperty({ type: Boolean, description: 'Never shown again once it is stored.', example: true }) secret!: boolean;
  @ApiProperty({ type: Boolean, example: true }) required!: boolean;
  @ApiProperty({ type: String, description: 'What is accepted.', example: 'a Stripe key such as sk_live_… or rk_live_…' }) format!: string;
}

export class ProviderTypeResponse {
  @ApiProperty({ type: String, example: 'stripe' }) type!: string;
  @ApiProperty({ type: String, example: 'Stripe' }) label!: string;
  @ApiProperty({ type: Boolean, example: true }) supportsLive!: boolean;
  @ApiProperty({ type: Boolean, example: true }) supportsTest!: boolean;
  @ApiProperty({ type: Boolean, description: 'Whether this version can take payments through it.', example: false }) available!: boolean;
  @ApiProperty({ type: [CredentialFieldResponse] }) fields!: CredentialFieldResponse[];
}

export class ProviderTypesResponse {
  @ApiProperty({ type: [ProviderTypeResponse] }) types!: ProviderTypeResponse[];
}
