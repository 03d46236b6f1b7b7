import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { RoutedProviderView } from '@paygate/messages';

const REASONS = ['offered', 'last_resort', 'paused', 'conditions'] as const;

export class RoutedProviderResponse implements RoutedProviderView {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439013' }) providerId!: string;
  @ApiProperty({ type: String, example: 'stripe' }) type!: string;
  @ApiProperty({ type: Boolean, description: 'Whether the payment may go there.', example: true }) offered!: boolean;
  @ApiProperty({
    enum: REASONS,
    description:
      '`last_resort`: it keeps failing, but there is no other. `paused`: it keeps failing. `conditions`: no rule about it holds for the payment.',
    example: 'offered',
  })
  reason!: RoutedProviderView['reason'];
  @ApiPropertyOptional({ type: 'integer', description: 'Position in `routing` of the rule that holds, from 0.', example: 0 }) rule?: number;
  @ApiProperty({ type: String, description: 'For people; counts rules from 1.', example: 'rule 1 holds' }) explanation!: string;
}

export class RoutingPreviewResponse {
  @ApiProperty({ type: [RoutedProviderResponse], description: 'Those a buyer is offered first, in their order.' })
  providers!: RoutedProviderResponse[];
}

export const ROUTING_PREVIEW_EXAMPLE = {
  providers: [
    { providerId: '507f1f77bcf86cd799439013', type: 'stripe', offered: true, reason: 'offered', rule: 0, explanation: 'rule 1 holds' },
    {
      providerId: '507f1f77bcf86cd799439014',
      type: 'gocardless',
      offered: false,
      reason: 'conditions',
      explanation: 'rule 2 does not hold for the amount',
    },
  ],
} satisfies RoutingPreviewResponse;
