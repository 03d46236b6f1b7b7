import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../access/index.js';
import type { UserPrincipal } from '../access/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { SettingsBody } from './dto/settings.body.js';
import { SETTINGS_EXAMPLE, SettingsResponse } from './dto/settings.response.js';
import { GetSettings } from './get-settings.js';
import { presentSettings } from './present-profile.js';
import { UpdateSettings } from './update-settings.js';

@ApiTags(ADMIN_API)
@Controller('api/v1/profile/settings')
export class SettingsController {
  constructor(
    private readonly getting: GetSettings,
    private readonly updating: UpdateSettings,
  ) {}

  @Get()
  @AdminRoute({ summary: 'Get your own settings', answer: SettingsResponse, example: SETTINGS_EXAMPLE })
  async get(@CurrentUser() user: UserPrincipal): Promise<SettingsResponse> {
    return presentSettings(await this.getting.execute(user.id));
  }

  @Put()
  @AdminRoute({
    summary: 'Change your own settings',
    description: 'What is left out stays as it is.',
    answer: SettingsResponse,
    example: SETTINGS_EXAMPLE,
  })
  async update(@CurrentUser() user: UserPrincipal, @Body() body: SettingsBody): Promise<SettingsResponse> {
    return presentSettings(await this.updating.execute(user.id, body));
  }
}
