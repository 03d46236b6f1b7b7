import { ApiProperty } from '@nestjs/swagger';
import { PROVIDER_TEST_CODES } from '@paygate/messages';
import type { ProviderTestCode } from '@paygate/messages';

export class ProviderTestResponse {
  @ApiProperty({ type: Boolean, example: true }) ok!: boolean;
  @ApiProperty({
    enum: PROVIDER_TEST_CODES,
    description:
      '`credentials_rejected`: the provider answered and did not accept them. `unreachable`: it gave no answer that says either. ' +
      '`unsupported`: this version cannot talk to providers of the type.',
    example: 'ok',
  })
  code!: ProviderTestCode;
  @ApiProperty({ type: String, description: 'For people.', example: 'The sandbox accepted the secret key.' }) message!: string;
  @ApiProperty({ type: 'integer', description: 'Milliseconds the provider took.', example: 84 }) latencyMs!: number;
}

export const PROVIDER_TEST_EXAMPLE = {
  ok: true,
  code: 'ok',
  message: 'The sandbox accepted the secret key.',
  latencyMs: 84,
} satisfies ProviderTestResponse;
