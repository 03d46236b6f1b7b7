import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import { CurrentScope } from '../access/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { OSS_THRESHOLD_EXAMPLE, OssThresholdResponse } from './dto/oss-threshold.response.js';
import { TAX_SETTINGS_EXAMPLE, TaxSettingsResponse } from './dto/tax-settings.response.js';
import { UpdateTaxSettingsBody } from './dto/update-tax-settings.body.js';
import { GetTaxSettings } from './get-tax-settings.js';
import { ReadOssThreshold } from './oss-threshold/read-oss-threshold.js';
import { UpdateTaxSettings } from './update-tax-settings.js';

@ApiTags(ADMIN_API)
@Controller('api/v1/organizations/settings/tax')
export class TaxSettingsController {
  constructor(
    private readonly getting: GetTaxSettings,
    private readonly updating: UpdateTaxSettings,
    private readonly threshold: ReadOssThreshold,
  ) {}

  @Get()
  @AdminRoute({ summary: 'Get the tax settings of the organization', answer: TaxSettingsResponse, example: TAX_SETTINGS_EXAMPLE })
  async get(@CurrentScope() scope: TenantScope): Promise<TaxSettingsResponse> {
    return this.getting.execute(scope);
  }

  @Put()
  @AdminRoute({
    summary: 'Change the tax settings of the organization',
    description:
      'Fields that are left out stay as they are, also within groups; `null` or empty text removes an optional one; lists are replaced as a whole. They hold for live and test sales, from the next sale on. Who enables tax for the first time and has no rates gets the catalogue of default rates with it.',
    answer: TaxSettingsResponse,
    example: TAX_SETTINGS_EXAMPLE,
  })
  async update(@CurrentScope() scope: TenantScope, @Body() body: UpdateTaxSettingsBody): Promise<TaxSettingsResponse> {
    return this.updating.execute(scope, body);
  }

  @Get('oss-threshold-status')
  @AdminRoute({
    summary: 'How near sales to consumers in other Member States are to EUR 10,000',
    description:
      'Net, of goods and electronic services, this year and the year before, from the tax records; other currencies at the reference rate of the day. What is taxed by a registration in the buyer’s country is not counted. Test keys see test sales.',
    answer: OssThresholdResponse,
    example: OSS_THRESHOLD_EXAMPLE,
  })
  async ossThreshold(@CurrentScope() scope: TenantScope): Promise<OssThresholdResponse> {
    return this.threshold.execute(scope);
  }
}
