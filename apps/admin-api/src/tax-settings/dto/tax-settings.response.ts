import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { TaxSettings } from '@paygate/tax';
import { FIELDS } from './tax-settings-fields.js';

class RegistrationResponse {
  @ApiProperty(FIELDS.country) country!: string;
  @ApiPropertyOptional({ ...FIELDS.vatId, example: 'CHE123456788MWST' }) vatId?: string;
}

class OssResponse {
  @ApiProperty({ type: Boolean, example: false }) enabled!: boolean;
  @ApiProperty(FIELDS.scheme) scheme!: 'union' | 'non_union';
  @ApiPropertyOptional({ type: String, example: 'DE' }) country?: string;
  @ApiPropertyOptional(FIELDS.registrationId) registrationId?: string;
  @ApiProperty(FIELDS.thresholdExceeded) thresholdExceeded!: boolean;
}

class IossResponse {
  @ApiProperty({ type: Boolean, example: false }) enabled!: boolean;
  @ApiPropertyOptional({ ...FIELDS.registrationId, example: 'IM2760000742' }) registrationId?: string;
}

class UkVatResponse {
  @ApiProperty({ type: Boolean, example: false }) enabled!: boolean;
  @ApiPropertyOptional({ ...FIELDS.vatId, example: 'GB980780684' }) vatId?: string;
}

class SmallBusinessResponse {
  @ApiProperty({ type: Boolean, example: false }) enabled!: boolean;
  @ApiPropertyOptional(FIELDS.legalReference) legalReference?: string;
}

class ViesResponse {
  @ApiProperty({ type: Boolean, example: true }) enabled!: boolean;
  @ApiProperty(FIELDS.fallback) fallback!: 'charge_vat' | 'accept_recent';
  @ApiProperty(FIELDS.recentDays) recentDays!: number;
}

class UnitedStatesResponse {
  @ApiProperty(FIELDS.nexusStates) nexusStates!: readonly string[];
}

class CanadaResponse {
  @ApiProperty({ type: Boolean, example: false }) registered!: boolean;
  @ApiProperty(FIELDS.provinces) provinces!: readonly string[];
}

export class TaxSettingsResponse implements TaxSettings {
  @ApiProperty(FIELDS.enabled) enabled!: boolean;
  @ApiProperty({ ...FIELDS.sellerCountry, description: 'ISO 3166-1 alpha-2; empty until it is set.' }) sellerCountry!: string;
  @ApiPropertyOptional(FIELDS.sellerRegion) sellerRegion?: string;
  @ApiPropertyOptional(FIELDS.vatId) vatId?: string;
  @ApiPropertyOptional(FIELDS.taxNumber) taxNumber?: string;
  @ApiProperty({ type: [RegistrationResponse] }) registrations!: readonly RegistrationResponse[];
  @ApiProperty(FIELDS.pricesIncludeTax) pricesIncludeTax!: boolean;
  @ApiProperty(FIELDS.roundingMethod) roundingMethod!: 'document' | 'line';
  @ApiProperty(FIELDS.recognitionMode) recognitionMode!: 'accrual' | 'cash';
  @ApiProperty({ type: OssResponse }) oss!: OssResponse;
  @ApiProperty({ type: IossResponse }) ioss!: IossResponse;
  @ApiProperty({ type: UkVatResponse }) ukVat!: UkVatResponse;
  @ApiProperty({ type: SmallBusinessResponse }) smallBusiness!: SmallBusinessResponse;
  @ApiProperty(FIELDS.vatIdValidation) vatIdValidation!: 'none' | 'format' | 'vies';
  @ApiProperty({ type: ViesResponse }) vies!: ViesResponse;
  @ApiProperty(FIELDS.strictEvidence) strictEvidence!: boolean;
  @ApiProperty({ type: UnitedStatesResponse }) us!: UnitedStatesResponse;
  @ApiProperty({ type: CanadaResponse }) ca!: CanadaResponse;
}

export const TAX_SETTINGS_EXAMPLE = {
  enabled: true,
  sellerCountry: 'DE',
  vatId: 'DE123456789',
  registrations: [{ country: 'CH', vatId: 'CHE123456788MWST' }],
  pricesIncludeTax: true,
  roundingMethod: 'document',
  recognitionMode: 'accrual',
  oss: { enabled: true, scheme: 'union', country: 'DE', registrationId: 'DE123456789', thresholdExceeded: false },
  ioss: { enabled: false },
  ukVat: { enabled: false },
  smallBusiness: { enabled: false },
  vatIdValidation: 'vies',
  vies: { enabled: true, fallback: 'charge_vat', recentDays: 30 },
  strictEvidence: false,
  us: { nexusStates: [] },
  ca: { registered: false, provinces: [] },
} satisfies TaxSettingsResponse;
