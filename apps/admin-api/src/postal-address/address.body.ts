import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsCountryCode, IsText } from '../validation-rules/index.js';

function OptionalText(max: number, example: string): PropertyDecorator {
  return (target, property) => {
    ApiPropertyOptional({ type: String, maxLength: max, example })(target, property);
    EmptyAsAbsent()(target, property);
    IsOptional()(target, property);
    IsText(max)(target, property);
  };
}

/** A postal address as shops send it: every part may be missing, empty or null. */
export class AddressBody {
  @OptionalText(200, 'Ada') firstName?: string;
  @OptionalText(200, 'Lovelace') lastName?: string;
  @OptionalText(200, 'Analytical Engines Ltd') company?: string;
  @OptionalText(200, 'Example Street 1') address1?: string;
  @OptionalText(200, '2nd floor') address2?: string;
  @OptionalText(200, 'Berlin') city?: string;
  @OptionalText(32, '10115') postcode?: string;
  @OptionalText(100, 'Berlin') state?: string;

  @ApiPropertyOptional({ type: String, description: 'ISO 3166-1 alpha-2.', example: 'DE' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsCountryCode()
  country?: string;

  @OptionalText(50, '+49 30 1234567') phone?: string;
  @OptionalText(50, 'DE123456789') vatId?: string;
}
