import { Body, Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DomainError } from '@paygate/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isSameOriginForm, sendPage, sendPart } from '../html-pages/index.js';
import type { BrowserSources } from '../providers/index.js';
import { CheckoutPageFilter } from './checkout-page.filter.js';
import { inLanguage, pagePath } from './checkout-paths.js';
import { cancelUrlOf, checkoutScreen, paidPayment, paymentForm } from './checkout-screen.js';
import { isCountryCode } from './countries.js';
import { LeaveCheckout } from './leave-checkout.js';
import { LoadCheckout } from './load-checkout.js';
import type { LoadedCheckout } from './load-checkout.js';
import { chosenLanguage, orderOf, PageFrames } from './page-frames.js';
import type { CheckoutScreen } from './page-model.js';
import { pageSources } from './page-sources.js';
import { PayCheckout } from './pay-checkout.js';
import { requestLanguage } from './request-language.js';
import { ReturnToCheckout } from './return-to-checkout.js';
import type { ScreenUpdate } from './return-to-checkout.js';
import { checkoutDocument, paymentMethods, receiptDocument } from './views/index.js';

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

  /** The ways to pay from a country, for the page's script: which ones a site offers may depend on it. */
  @Get('methods')
  async methods(
    @Param('shortCode') shortCode: string,
    @Query('country') country: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const loaded = await this.load.execute(shortCode, isCountryCode(textOf(country)) ? textOf(country) : undefined);
    if (checkoutScreen(loaded).kind !== 'open') throw new DomainError('checkout_not_open');
    const { messages } = this.frames.forCheckout(loaded, requestLanguage(request));
    sendPart(reply, paymentMethods({ messages, form: paymentForm(loaded) }));
  }

  @Post('pay')
  async start(
    @Param('shortCode') shortCode: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    refuseForeignForm(request);
    const localeFor = (loaded: LoadedCheckout): string => this.frames.forCheckout(loaded, requestLanguage(request)).locale;
    const outcome = await this.pay.execute(shortCode, fieldsOf(form), localeFor);
    if (outcome.kind === 'go') redirect(request, reply, outcome.path, outcome.loaded);
    else this.send(request, reply, outcome.status, outcome.loaded, outcome.screen);
  }

  /** A form that came back with a problem has this address; reloaded or opened again, it is the page. */
  @Get('pay')
  async showAgain(@Param('shortCode') shortCode: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const loaded = await this.load.execute(shortCode);
    redirect(request, reply, pagePath(loaded.checkout.shortCode), loaded);
  }

  /**
   * A page between ours and the provider's: browsers would not let a form of ours lead to another site by redirect. Where the
   * provider has no page of its own, the buyer pays here.
   */
  @Get('continue')
  async goOn(
    @Param('shortCode') shortCode: string,
    @Query('transactionId') transactionId: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { loaded, screen, sources } = await this.comeBack.next(shortCode, textOf(transactionId));
    if (screen === undefined) redirect(request, reply, pagePath(loaded.checkout.shortCode), loaded);
    else this.send(request, reply, 200, loaded, screen, sources);
  }

  @Get('return')
  async returnFromProvider(
    @Param('shortCode') shortCode: string,
    @Query('transactionId') transactionId: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    redirectTo(reply, await this.comeBack.execute(shortCode, textOf(transactionId)));
  }

  @Get('status')
  async look(@Param('shortCode') shortCode: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<ScreenUpdate> {
    void reply.header('cache-control', 'no-store');
    return this.comeBack.look(shortCode);
  }

  @Get('receipt')
  async receipt(@Param('shortCode') shortCode: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const loaded = await this.load.execute(shortCode);
    const payment = paidPayment(loaded);
    if (!payment) {
      redirect(request, reply, pagePath(loaded.checkout.shortCode), loaded);
      return;
    }
    const frame = this.frames.forCheckout(loaded, requestLanguage(request));
    sendPage(reply, 200, receiptDocument({ frame, order: orderOf(loaded), payment }), pageSources(frame));
  }

  @Post('cancel')
  async cancel(
    @Param('shortCode') shortCode: string,
    @Body() form: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    refuseForeignForm(request);
    const { loaded, path } = await this.leave.execute(shortCode, fieldsOf(form)['then'] === 'leave' ? 'leave' : 'choose');
    redirect(request, reply, path, loaded);
  }

  @Get('left')
  async left(@Param('shortCode') shortCode: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const loaded = await this.load.execute(shortCode);
    // Whoever has paid meanwhile must not read that nothing was charged.
    if (checkoutScreen(loaded).kind !== 'open') {
      redirect(request, reply, pagePath(loaded.checkout.shortCode), loaded);
      return;
    }
    const url = cancelUrlOf(loaded.checkout);
    this.send(request, reply, 200, loaded, url === undefined ? { kind: 'left' } : { kind: 'leaving', url });
  }

  private send(
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    loaded: LoadedCheckout,
    screen: CheckoutScreen,
    sources?: BrowserSources,
  ): void {
    const frame = this.frames.forCheckout(loaded, requestLanguage(request));
    sendPage(reply, status, checkoutDocument({ frame, order: orderOf(loaded), screen }), pageSources(frame, sources));
  }
}

function refuseForeignForm(request: FastifyRequest): void {
  if (!isSameOriginForm(request)) throw new DomainError('origin_not_allowed');
}

/** To a page of ours, in the language the buyer has chosen. */
function redirect(request: FastifyRequest, reply: FastifyReply, path: string, loaded: LoadedCheckout): void {
  redirectTo(reply, inLanguage(path, { chosenLanguage: chosenLanguage(loaded, requestLanguage(request)) }));
}

function redirectTo(reply: FastifyReply, url: string): void {
  void reply.header('cache-control', 'no-store').header('referrer-policy', 'same-origin').redirect(url, 303);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function fieldsOf(form: unknown): Readonly<Record<string, unknown>> {
  return typeof form === 'object' && form !== null ? (form as Record<string, unknown>) : {};
}
