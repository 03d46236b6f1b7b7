import { Body, Controller, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DomainError } from '@paygate/kernel';
import { accountOf } from './account-key.js';
import { DisputePayment } from './dispute-payment.js';
import { CreateRefundDto, OpenDisputeDto, SimulateDisputeDto, SimulateRefundDto } from './dto/money-back.dto.js';
import { presentDispute, presentRefund } from './present-money-back.js';
import type { SandboxDisputeBody, SandboxRefundBody } from './present-money-back.js';
import { RefundPayment } from './refund-payment.js';
import { SandboxDisputesRepository } from './sandbox-disputes.repository.js';
import type { SandboxPayment } from './sandbox-payment.js';
import { SandboxPaymentsRepository } from './sandbox-payments.repository.js';
import type { SandboxRefund } from './sandbox-refund.js';
import { SandboxRefundsRepository } from './sandbox-refunds.repository.js';

/** Refunds and disputes in the simulated provider's API. */
@ApiExcludeController()
@Controller('sandbox/v1')
export class SandboxMoneyBackController {
  constructor(
    private readonly payments: SandboxPaymentsRepository,
    private readonly refunds: SandboxRefundsRepository,
    private readonly disputes: SandboxDisputesRepository,
    private readonly refund: RefundPayment,
    private readonly dispute: DisputePayment,
  ) {}

  @Post('payments/:id/refunds')
  @HttpCode(201)
  async createRefund(
    @Headers('authorization') authorization: string | undefined,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Param('id') id: string,
    @Body() body: CreateRefundDto,
  ): Promise<SandboxRefundBody> {
    return presentRefund(await this.refund.create(await this.findPayment(authorization, id), body, idempotencyKey));
  }

  @Get('payments/:id/refunds')
  async listRefunds(
    @Headers('authorization') authorization: string | undefined,
    @Param('id') id: string,
  ): Promise<{ refunds: SandboxRefundBody[] }> {
    const { account, id: paymentId } = await this.findPayment(authorization, id);
    return { refunds: (await this.refunds.findByPayment(account, paymentId)).map(presentRefund) };
  }

  @Get('refunds/:id')
  async getRefund(@Headers('authorization') authorization: string | undefined, @Param('id') id: string): Promise<SandboxRefundBody> {
    return presentRefund(await this.findRefund(authorization, id));
  }

  /** Decides a refund at once, or lets the bank send back what it was sent. */
  @Post('refunds/:id/simulate')
  @HttpCode(200)
  async simulateRefund(
    @Headers('authorization') authorization: string | undefined,
    @Param('id') id: string,
    @Body() { status }: SimulateRefundDto,
  ): Promise<SandboxRefundBody> {
    return presentRefund(await this.refund.decide(await this.findRefund(authorization, id), status));
  }

  /** Does what a buyer's bank does. */
  @Post('payments/:id/disputes')
  @HttpCode(201)
  async openDispute(
    @Headers('authorization') authorization: string | undefined,
    @Param('id') id: string,
    @Body() body: OpenDisputeDto,
  ): Promise<SandboxDisputeBody> {
    return presentDispute(await this.dispute.open(await this.findPayment(authorization, id), body));
  }

  @Get('payments/:id/disputes')
  async listDisputes(
    @Headers('authorization') authorization: string | undefined,
    @Param('id') id: string,
  ): Promise<{ disputes: SandboxDisputeBody[] }> {
    const { account, id: paymentId } = await this.findPayment(authorization, id);
    return { disputes: (await this.disputes.findByPayment(account, paymentId)).map(presentDispute) };
  }

  @Post('disputes/:id/simulate')
  @HttpCode(200)
  async simulateDispute(
    @Headers('authorization') authorization: string | undefined,
    @Param('id') id: string,
    @Body() { status }: SimulateDisputeDto,
  ): Promise<SandboxDisputeBody> {
    const dispute = await this.disputes.findById(accountOf(authorization), id);
    if (!dispute) throw new DomainError('chargeback_not_found', 'There is no such dispute.');
    return presentDispute(await this.dispute.decide(dispute, status));
  }

  private async findPayment(authorization: string | undefined, id: string): Promise<SandboxPayment> {
    const payment = await this.payments.findById(accountOf(authorization), id);
    if (!payment) throw new DomainError('transaction_not_found', 'There is no such payment.');
    return payment;
  }

  private async findRefund(authorization: string | undefined, id: string): Promise<SandboxRefund> {
    const refund = await this.refunds.findById(accountOf(authorization), id);
    if (!refund) throw new DomainError('refund_not_found');
    return refund;
  }
}
