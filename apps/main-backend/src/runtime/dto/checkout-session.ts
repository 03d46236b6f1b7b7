import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { VAT_ID_VALIDATIONS } from '@paygate/tax';
import type { VatIdValidation } from '@paygate/tax';
import { CHECKOUT_STATUSES } from '@paygate/payments-domain';
import type { CheckoutStatus } from '@paygate/payments-domain';

export class SessionLineItem {
  @ApiProperty({ example: 'Blue shirt' }) name!: string;
  @ApiPropertyOptional() description?: string;
  @ApiProperty({ example: 1 }) quantity!: number;
  @ApiProperty({ example: 4900, description: 'Minor units, negative for discounts.' }) unitAmount!: number;
}

export class SessionProvider {
  @ApiProperty({ example: '65f0c0ffee0c0ffee0c0ffee' }) id!: string;
  @ApiProperty({ example: 'sandbox' }) type!: string;
  @ApiProperty({ example: 'Card or bank debit' }) label!: string;
  @ApiPropertyOptional() description?: string;
}

export class SessionBranding {
  @ApiProperty({ example: 'Example Shop' }) name!: string;
  @ApiPropertyOptional({ example: 'https://shop.example/logo.svg' }) logo?: string;
  @ApiPropertyOptional({ example: '#3b82f6' }) primaryColor?: string;
  @ApiPropertyOptional({ example: '#0f766e' }) accentColor?: string;
}

export class SessionCheckoutSettings {
  @ApiProperty({
    enum: VAT_ID_VALIDATIONS,
    example: 'format',
    description: 'How VAT IDs are checked: vies asks the European Commission, format looks at form and check digits.',
  })
  vatIdValidation!: VatIdValidation;
}

/** A checkout as its buyer sees it. */
export class CheckoutSession {
  @ApiProperty({ example: 'k7RwPd3nXq9TzB5mHsYv2cJf' }) id!: string;
  @ApiProperty({ enum: CHECKOUT_STATUSES, example: 'open' }) status!: CheckoutStatus;
  @ApiProperty({ example: 4900, description: 'Minor units.' }) amount!: number;
  @ApiProperty({ example: 'EUR' }) currency!: string;
  @ApiProperty({ type: [SessionLineItem] }) lineItems!: SessionLineItem[];
  @ApiProperty({ type: [SessionProvider], description: 'In the order the site prefers.' }) providers!: SessionProvider[];
  @ApiPropertyOptional({ description: 'The provider the site prefers, one of `providers`.', example: '65f0c0ffee0c0ffee0c0ffee' })
  defaultProviderId?: string;
  @ApiProperty({ type: SessionBranding }) branding!: SessionBranding;
  @ApiProperty({ type: SessionCheckoutSettings }) checkoutSettings!: SessionCheckoutSettings;
  @ApiProperty({ example: false }) livemode!: boolean;
  @ApiPropertyOptional({ example: 'en' }) locale?: string;
  @ApiPropertyOptional({ description: 'The latest attempt to pay, or the one that paid.' }) transactionId?: string;
  @ApiProperty({ example: '2026-03-08T14:00:00.000Z' }) expiresAt!: string;
}
