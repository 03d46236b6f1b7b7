import { ApiPropertyOptional } from '@nestjs/swagger';
import { IfGiven, IsLabel } from '../../validation-rules/index.js';
import { FIELDS } from './site-fields.js';
import { SiteSettingsBody } from './site-settings.body.js';

/** Fields that are left out stay as they are; `null` or an empty text removes an optional one. */
export class UpdateSiteBody extends SiteSettingsBody {
  @ApiPropertyOptional(FIELDS.name)
  @IfGiven()
  @IsLabel(200)
  name?: string;
}
