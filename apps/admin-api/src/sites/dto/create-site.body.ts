import { ApiProperty } from '@nestjs/swagger';
import { IsLabel } from '../../validation-rules/index.js';
import type { NewSite } from '../create-site.js';
import type { Branding, SiteInvoicing } from '../site.js';
import { FIELDS } from './site-fields.js';
import { SiteSettingsBody } from './site-settings.body.js';

/** Fields that are left out have their usual value; `null` and empty text in optional ones count as left out. */
export class CreateSiteBody extends SiteSettingsBody {
  @ApiProperty(FIELDS.name)
  @IsLabel(200)
  name!: string;
}

export function newSiteOf({ branding, invoicing, defaultProviderId, supportEmail, ...settings }: CreateSiteBody): NewSite {
  return {
    ...settings,
    defaultProviderId: defaultProviderId ?? undefined,
    supportEmail: supportEmail ?? undefined,
    branding: withoutNull<Branding>(branding),
    invoicing: withoutNull<SiteInvoicing>(invoicing),
  };
}

function withoutNull<T extends object>(fields: { [K in keyof T]: T[K] | null } | undefined): T | undefined {
  return fields && (Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as T);
}
