import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import {
  IfGiven,
  InCapitals,
  IsTaxCountry,
  IsFlag,
  IsIntegerWithin,
  IsLabel,
  IsObjectList,
  IsOneOf,
} from '../../validation-rules/index.js';
import { FIELDS, Given, Group, IsRegionCode, IsRegionList, IsVatId, Removable } from './tax-settings-fields.js';

const MOST_REGISTRATIONS = 60;

class RegistrationBody {
  @ApiProperty(FIELDS.country)
  @InCapitals()
  @IsTaxCountry()
  country!: string;

  @ApiPropertyOptional({ ...FIELDS.vatId, example: 'CHE123456788MWST' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsVatId()
  vatId?: string;
}

class OssBody {
  @Given({ ...FIELDS.enabled, description: 'Consumers in other Member States are taxed in their country.' }, IsFlag) enabled?: boolean;
  @Given(FIELDS.scheme, () => IsOneOf(FIELDS.scheme.enum)) scheme?: 'union' | 'non_union';

  @Removable({ ...FIELDS.country, description: 'Where the registration was made. ISO 3166-1 alpha-2.', example: 'DE' }, IsTaxCountry)
  @InCapitals()
  country?: string | null;

  @Removable(FIELDS.registrationId, IsVatId) registrationId?: string | null;
  @Given(FIELDS.thresholdExceeded, IsFlag) thresholdExceeded?: boolean;
}

class IossBody {
  @Given({ ...FIELDS.enabled, description: 'For goods up to EUR 150 from outside the EU.' }, IsFlag) enabled?: boolean;
  @Removable({ ...FIELDS.registrationId, example: 'IM2760000742' }, IsVatId) registrationId?: string | null;
}

class UkVatBody {
  @Given({ ...FIELDS.enabled, description: 'Registered for VAT in the United Kingdom.' }, IsFlag) enabled?: boolean;
  @Removable({ ...FIELDS.vatId, example: 'GB980780684' }, IsVatId) vatId?: string | null;
}

class SmallBusinessBody {
  @Given({ ...FIELDS.enabled, description: 'Nothing is charged at home, by the rule for small businesses.' }, IsFlag) enabled?: boolean;
  @Removable(FIELDS.legalReference, () => IsLabel(300)) legalReference?: string | null;
}

class ViesBody {
  @Given({ ...FIELDS.enabled, description: 'Ask the Commission’s service about VAT ids of buyers.' }, IsFlag) enabled?: boolean;
  @Given(FIELDS.fallback, () => IsOneOf(FIELDS.fallback.enum)) fallback?: 'charge_vat' | 'accept_recent';
  @Given(FIELDS.recentDays, () => IsIntegerWithin(1, 365)) recentDays?: number;
}

class UnitedStatesBody {
  @Given(FIELDS.nexusStates, IsRegionList) @InCapitals() nexusStates?: string[];
}

class CanadaBody {
  @Given({ ...FIELDS.enabled, description: 'Registered for GST/HST.' }, IsFlag) registered?: boolean;
  @Given(FIELDS.provinces, IsRegionList) @InCapitals() provinces?: string[];
}

/** Fields that are left out stay as they are, also within groups; lists are replaced as a whole. */
export class UpdateTaxSettingsBody {
  @Given(FIELDS.enabled, IsFlag) enabled?: boolean;
  @Given(FIELDS.sellerCountry, IsTaxCountry) @InCapitals() sellerCountry?: string;
  @Removable(FIELDS.sellerRegion, IsRegionCode) @InCapitals() sellerRegion?: string | null;
  @Removable(FIELDS.vatId, IsVatId) vatId?: string | null;
  @Removable(FIELDS.taxNumber, () => IsLabel(50)) taxNumber?: string | null;

  @ApiPropertyOptional({ type: [RegistrationBody], description: 'VAT registrations in other countries, each country once.' })
  @IfGiven()
  @IsObjectList(MOST_REGISTRATIONS)
  @ValidateNested({ each: true })
  @Type(() => RegistrationBody)
  registrations?: RegistrationBody[];

  @Given(FIELDS.pricesIncludeTax, IsFlag) pricesIncludeTax?: boolean;
  @Given(FIELDS.roundingMethod, () => IsOneOf(FIELDS.roundingMethod.enum)) roundingMethod?: 'document' | 'line';
  @Given(FIELDS.recognitionMode, () => IsOneOf(FIELDS.recognitionMode.enum)) recognitionMode?: 'accrual' | 'cash';
  @Group(OssBody) oss?: OssBody;
  @Group(IossBody) ioss?: IossBody;
  @Group(UkVatBody) ukVat?: UkVatBody;
  @Group(SmallBusinessBody) smallBusiness?: SmallBusinessBody;
  @Given(FIELDS.vatIdValidation, () => IsOneOf(FIELDS.vatIdValidation.enum)) vatIdValidation?: 'none' | 'format' | 'vies';
  @Group(ViesBody) vies?: ViesBody;
  @Given(FIELDS.strictEvidence, IsFlag) strictEvidence?: boolean;
  @Group(UnitedStatesBody) us?: UnitedStatesBody;
  @Group(CanadaBody) ca?: CanadaBody;
}
