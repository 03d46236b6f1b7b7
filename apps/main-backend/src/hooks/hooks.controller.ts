import { Controller, Headers, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '@paygate/nest-kit';
import type { FastifyRequest } from 'fastify';
import { HookReceipt } from './dto/hook-receipt.js';
import { ReceiveProviderEvent } from './receive-provider-event.js';

/** Where payment providers report what became of payments. */
@ApiTags('Provider notifications')
@Controller('hooks')
export class HooksController {
  constructor(private readonly receiveProviderEvent: ReceiveProviderEvent) {}

  @Post(':type/:providerId')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Receive a notification of a payment provider',
    description: 'The body is verified byte by byte with the secret of the provider account. Repetitions are harmless.',
  })
  @ApiParam({ name: 'type', example: 'sandbox' })
  @ApiParam({ name: 'providerId', example: '65f0c0ffee0c0ffee0c0ffee' })
  @ApiOkResponse({ type: HookReceipt })
  @ApiErrors('webhook_signature_invalid', 'webhook_payload_invalid', 'service_unavailable')
  async receive(
    @Param('type') type: string,
    @Param('providerId') providerId: string,
    @Headers() headers: Record<string, string | string[] | undefined>,
    @Req() request: FastifyRequest,
  ): Promise<HookReceipt> {
    await this.receiveProviderEvent.execute({ type, providerId, headers, rawBody: request.rawBody ?? Buffer.alloc(0) });
    return { received: true };
  }
}
