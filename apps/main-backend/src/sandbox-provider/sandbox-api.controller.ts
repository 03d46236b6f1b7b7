import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DomainError } from '@paygate/kernel';
import type { FastifyRequest } from 'fastify';
import { accountOf } from './account-key.js';
import { ChangePayment } from './change-payment.js';
import { CreateSandboxPayment } from './create-sandbox-payment.js';
import { CreatePaymentDto, SimulateDto } from './dto/create-payment.dto.js';
import { presentPayment } from './present-payment.js';
import type { SandboxPaymentBody } from './present-payment.js';
import type { SandboxPayment } from './sandbox-payment.js';
import { SandboxPaymentsRepository } from './sandbox-payments.repository.js';
import { SimulateBuyer } from './simulate-buyer.js';

const LONGEST_KEY = 255;

/** The simulated provider's API, as a merchant's server sees it. */
@ApiExcludeController()
@Controller('sandbox/v1/payments')
export class SandboxApiController {
  constructor(
    private readonly create: CreateSandboxPayment,
    private readonly payments: SandboxPaymentsRepository,
    private readonly change: ChangePayment,
    private readonly simulate: SimulateBuyer,
  ) {}

  @Post()
  @HttpCode(201)
  async createPayment(
    @Headers('authorization') authorization: string | undefined,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body() body: CreatePaymentDto,
    @Req() request: FastifyRequest,
  ): Promise<SandboxPaymentBody> {
    const account = accountOf(authorization);
    if (idempotencyKey !== undefined && (idempotencyKey === '' || idempotencyKey.length > LONGEST_KEY)) {
      throw DomainError.invalid({
        field: 'Idempotency-Key',
        code: 'length',
        message: `Idempotency-Key has 1 to ${LONGEST_KEY} characters.`,
      });
    }
    const origin = originOf(request);
    return presentPayment(await this.create.execute({ account, idempotencyKey, origin, body }), origin);
  }

  @Get()
  async findPayments(
    @Headers('authorization') authorization: string | undefined,
    @Query('transactionId') transactionId: unknown,
    @Req() request: FastifyRequest,
  ): Promise<{ payments: SandboxPaymentBody[] }> {
    const account = accountOf(authorization);
    if (typeof transactionId !== 'string' || transactionId === '') {
      throw DomainError.invalid({ field: 'transactionId', code: 'required', message: 'Say which payments: ?transactionId=…' });
    }
    const found = await this.payments.findByTransaction(account, transactionId);
    return { payments: found.map((payment) => presentPayment(payment, originOf(request))) };
  }

  @Get(':id')
  async getPayment(
    @Headers('authorization') authorization: string | undefined,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
  ): Promise<SandboxPaymentBody> {
    return presentPayment(await this.find(authorization, id), originOf(request));
  }

  /** Answers with the payment as it then stands; one that is already decided stays as it is. */
  @Post(':id/cancel')
  @HttpCode(200)
  async cancelPayment(
    @Headers('authorization') authorization: string | undefined,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
  ): Promise<SandboxPaymentBody> {
    const payment = await this.find(authorization, id);
    return presentPayment(await this.change.execute(payment, { to: 'canceled' }), originOf(request));
  }

  /** Does what a buyer does on the page, for tests without a browser. */
  @Post(':id/simulate')
  @HttpCode(200)
  async simulateBuyer(
    @Headers('authorization') authorization: string | undefined,
    @Param('id') id: string,
    @Body() { token }: SimulateDto,
    @Req() request: FastifyRequest,
  ): Promise<SandboxPaymentBody> {
    const payment = await this.find(authorization, id);
    const changed = await this.simulate.execute(payment, token);
    if (!changed) throw DomainError.invalid({ field: 'token', code: 'unknown', message: 'There is no such test instrument.' });
    return presentPayment(changed, originOf(request));
  }

  private async find(authorization: string | undefined, id: string): Promise<SandboxPayment> {
    const payment = await this.payments.findById(accountOf(authorization), id);
    if (!payment) throw new DomainError('transaction_not_found', 'There is no such payment.');
    return payment;
  }
}

/** Where the caller reached us, which is where the buyer will, too. */
function originOf(request: FastifyRequest): string {
  return `${request.protocol}://${request.host}`;
}
