import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DomainError } from '@paygate/kernel';
import type { FastifyReply } from 'fastify';
import { sendPage } from '../html-pages/index.js';
import { ChangePayment } from './change-payment.js';
import { buyerPath } from './present-payment.js';
import { SandboxAssets } from './sandbox-assets.js';
import type { SandboxPayment } from './sandbox-payment.js';
import { SandboxPaymentsRepository } from './sandbox-payments.repository.js';
import { SimulateBuyer } from './simulate-buyer.js';
import { challengeDocument, doneDocument, payDocument } from './views/index.js';

/** The simulated provider's pages, as a buyer sees them. The unguessable token in the address is the permission. */
@ApiExcludeController()
@Controller('sandbox')
export class SandboxPagesController {
  constructor(
    private readonly payments: SandboxPaymentsRepository,
    private readonly simulate: SimulateBuyer,
    private readonly change: ChangePayment,
    private readonly assets: SandboxAssets,
  ) {}

  @Get('pay/:token')
  async payPage(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    const payment = await this.find(token);
    if (payment.status === 'awaiting_buyer') sendPage(reply, 200, payDocument({ payment, assets: this.assets.addresses }));
    else goOn(reply, payment);
  }

  @Post('pay/:token')
  async pay(@Param('token') token: string, @Body() form: unknown, @Res() reply: FastifyReply): Promise<void> {
    const payment = await this.find(token);
    const changed = await this.simulate.execute(payment, field(form, 'instrument'));
    if (changed) goOn(reply, changed);
    else sendPage(reply, 422, payDocument({ payment, assets: this.assets.addresses, unknownInstrument: true }));
  }

  @Post('pay/:token/cancel')
  async cancel(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    goOn(reply, await this.change.execute(await this.find(token), { to: 'canceled' }));
  }

  @Get('challenge/:token')
  async challengePage(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    const payment = await this.find(token);
    if (payment.status === 'challenge_required') sendPage(reply, 200, challengeDocument({ payment, assets: this.assets.addresses }));
    else goOn(reply, payment);
  }

  @Post('challenge/:token')
  async answerChallenge(@Param('token') token: string, @Body() form: unknown, @Res() reply: FastifyReply): Promise<void> {
    const answer = field(form, 'answer') === 'complete' ? 'challenge_passed' : 'challenge_failed';
    const payment = await this.find(token);
    goOn(reply, (await this.simulate.execute(payment, answer)) ?? payment);
  }

  /** Leads back to the shop. A page of its own, because browsers do not let a form end on another site by redirect. */
  @Get('done/:token')
  async done(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    const payment = await this.find(token);
    if (buyerPath(payment) === undefined) sendPage(reply, 200, doneDocument({ payment, assets: this.assets.addresses }));
    else goOn(reply, payment);
  }

  private async find(token: string): Promise<SandboxPayment> {
    const payment = await this.payments.findByPageToken(token);
    if (!payment) throw new DomainError('transaction_not_found', 'There is no such payment page.');
    return payment;
  }
}

function goOn(reply: FastifyReply, payment: SandboxPayment): void {
  void reply.header('cache-control', 'no-store').redirect(buyerPath(payment) ?? `/sandbox/done/${payment.pageToken}`, 303);
}

function field(form: unknown, name: string): string {
  const value = typeof form === 'object' && form !== null ? (form as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : '';
}
