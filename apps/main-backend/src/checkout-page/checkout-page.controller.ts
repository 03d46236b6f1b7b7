import { Body, Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DomainError } from '@paygate/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isSameOriginForm, sendPage } from '../html-pages/index.js';
import { CheckoutPageFilter } from './checkout-page.filter.js';
import { cancelUrlOf, checkoutScreen, pagePath } from './checkout-screen.js';
import { LeaveCheckout } from './leave-checkout.js';
import { LoadCheckout } from './load-checkout.js';
import type { LoadedCheckout } from './load-checkout.js';
import { orderOf, PageFrames } from './page-frames.js';
import type { CheckoutScreen } from './page-model.js';
import { PayCheckout } from './pay-checkout.js';
import { ReturnToCheckout } from './return-to-checkout.js';
import type { ScreenUpdate } from './return-to-checkout.js';
import { checkoutDocument } from './views/index.js';

/** The hosted payment page. Every change is a form that ends in a redirect, so reloading never pays twice. */
@ApiExcludeController()
@Controller('checkout/:shortCode')
@UseFilters(CheckoutPageFilter)
export class CheckoutPageController {
  constructor(
    private readonly load: LoadCheckout,
    private readonly pay: PayCheckout,
    private readonly leave: LeaveCheckout,
    private readonly comeBack: ReturnToCheckout,
    private readonly frames: PageFrames,
  ) {}

  @Get()
  async show(
    @Param('shortCode') shortCode: string,
    @Query('cancelled') cancelled: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const loaded = await this.load.execute(shortCode);
    const screen = checkoutScreen(loaded);
    const cancelFailed = cancelled === 'no' && (screen.kind === 'processing' || screen.kind === 'pending');
    this.send(request, reply, 200, loaded, cancelFailed ? { ...screen, cancelFailed } : screen);
  }

  @Post('pay')
  async start(
    @Param('shortCode') shortCode: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    refuseForeignForm(request);
    const outcome = await this.pay.execute(shortCode, fieldsOf(form));
    if (outcome.kind === 'go') redirect(reply, outcome.path);
    else this.send(request, reply, outcome.status, outcome.loaded, outcome.screen);
  }

  /** A page between ours and the provider's: browsers would not let a form of ours lead to another site by redirect. */
  @Get('continue')
  async goToProvider(
    @Param('shortCode') shortCode: string,
    @Query('transactionId') transactionId: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { loaded, url } = await this.comeBack.handoff(shortCode, textOf(transactionId));
    if (url === undefined) redirect(reply, pagePath(loaded.checkout.shortCode));
    else this.send(request, reply, 200, loaded, { kind: 'handoff', url });
  }

  @Get('return')
  async returnFromProvider(
    @Param('shortCode') shortCode: string,
    @Query('transactionId') transactionId: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    redirect(reply, await this.comeBack.execute(shortCode, textOf(transactionId)));
  }

  @Get('status')
  async look(@Param('shortCode') shortCode: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<ScreenUpdate> {
    void reply.header('cache-control', 'no-store');
    return this.comeBack.look(shortCode);
  }

  @Post('cancel')
  async cancel(
    @Param('shortCode') shortCode: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    refuseForeignForm(request);
    redirect(reply, await this.leave.execute(shortCode, fieldsOf(form)['then'] === 'leave' ? 'leave' : 'choose'));
  }

  @Get('left')
  async left(@Param('shortCode') shortCode: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const loaded = await this.load.execute(shortCode);
    const url = cancelUrlOf(loaded.checkout);
    this.send(request, reply, 200, loaded, url === undefined ? { kind: 'left' } : { kind: 'leaving', url });
  }

  private send(request: FastifyRequest, reply: FastifyReply, status: number, loaded: LoadedCheckout, screen: CheckoutScreen): void {
    const frame = this.frames.forCheckout(loaded, request.headers['accept-language']);
    sendPage(reply, status, checkoutDocument({ frame, order: orderOf(loaded), screen }), {
      styleNonce: frame.styleNonce,
      imageOrigins: frame.logoUrl === undefined ? [] : [new URL(frame.logoUrl).origin],
    });
  }
}

function refuseForeignForm(request: FastifyRequest): void {
  if (!isSameOriginForm(request)) throw new DomainError('origin_not_allowed');
}

function redirect(reply: FastifyReply, url: string): void {
  void reply.header('cache-control', 'no-store').header('referrer-policy', 'same-origin').redirect(url, 303);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function fieldsOf(form: unknown): Readonly<Record<string, unknown>> {
  return typeof form === 'object' && form !== null ? (form as Record<string, unknown>) : {};
}
