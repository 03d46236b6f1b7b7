import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '@paygate/nest-kit';
import { BuyerTransactions } from './buyer-transactions.js';
import { BuyerTransaction, StartedPaymentAnswer } from './dto/buyer-transaction.js';
import { claimedSession, SESSION_HEADER, SessionClaim } from './dto/session-claim.js';
import { StartPaymentBody } from './dto/start-payment-body.js';

const ID = { name: 'id', description: 'Transaction id. It is unguessable; who knows it may ask.', example: '69a1b2c3d4e5f60718293a4b' };
const SESSION = { name: 'X-Checkout-Session', required: false, description: 'The session of the checkout; must fit the transaction.' };

/** What the page of a buyer does with payments. */
@ApiTags('Buyer API')
@Controller('api/v1/transactions')
export class BuyerTransactionsController {
  constructor(private readonly transactions: BuyerTransactions) {}

  @Post('create')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Start a payment',
    description:
      'Starts an attempt to pay the checkout with one of its providers, or with the best one by the rules of the site. While an attempt is undecided, a second one is refused. When the provider refuses and a rule says so, the next provider is tried at once: the answer is about the last attempt.',
  })
  @ApiOkResponse({ type: StartedPaymentAnswer })
  @ApiErrors(
    'checkout_not_found',
    'origin_not_allowed',
    'organization_suspended',
    'site_inactive',
    'checkout_expired',
    'checkout_not_open',
    'payment_in_progress',
    'provider_not_available',
    'CHECKOUT_BLOCKED_BY_DISPUTE',
    'CHECKOUT_BLOCKED_BY_CUSTOMER_HOLD',
    'CHECKOUT_RESTRICTED_BY_CUSTOMER_HOLD',
  )
  create(
    @Body() body: StartPaymentBody,
    @Headers('origin') origin?: string,
    @Headers('referer') referer?: string,
    @Headers('host') host?: string,
  ): Promise<StartedPaymentAnswer> {
    return this.transactions.start(body, { host, origin, referer });
  }

  @Get(':id/status')
  @ApiOperation({
    summary: 'How a payment stands',
    description:
      'While the payment is undecided the provider is asked, at most every few seconds. Without the session the answer has id, status, amount and currency only.',
  })
  @ApiParam(ID)
  @ApiHeader(SESSION)
  @ApiOkResponse({ type: BuyerTransaction })
  @ApiErrors('transaction_not_found', 'origin_not_allowed')
  status(
    @Param('id') transactionId: string,
    @Query() query: SessionClaim,
    @Headers(SESSION_HEADER) session?: string,
    @Headers('origin') origin?: string,
    @Headers('referer') referer?: string,
    @Headers('host') host?: string,
  ): Promise<BuyerTransaction> {
    return this.transactions.status(
      { transactionId, sessionPublicId: claimedSession(query, undefined, session) },
      { host, origin, referer },
    );
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Give a payment up',
    description:
      'Asks the provider to cancel. When the payment was decided otherwise meanwhile, that stands: 409 transaction_not_cancellable with details.status.',
  })
  @ApiParam(ID)
  @ApiHeader(SESSION)
  @ApiBody({ type: SessionClaim, required: false })
  @ApiOkResponse({ type: BuyerTransaction })
  @ApiErrors('transaction_not_found', 'origin_not_allowed', 'transaction_not_cancellable', 'payment_in_progress', 'provider_error')
  cancel(
    @Param('id') transactionId: string,
    @Query() query: SessionClaim,
    @Body() body?: SessionClaim,
    @Headers(SESSION_HEADER) session?: string,
    @Headers('origin') origin?: string,
    @Headers('referer') referer?: string,
    @Headers('host') host?: string,
  ): Promise<BuyerTransaction> {
    return this.transactions.cancel({ transactionId, sessionPublicId: claimedSession(query, body, session) }, { host, origin, referer });
  }

  @Post(':id/mark-pending')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Say that a payment now waits for the provider',
    description: 'A hint only: the provider is asked, and its word decides. Harmless to repeat.',
  })
  @ApiParam(ID)
  @ApiHeader(SESSION)
  @ApiBody({ type: SessionClaim, required: false })
  @ApiOkResponse({ type: BuyerTransaction })
  @ApiErrors('transaction_not_found', 'origin_not_allowed')
  markPending(
    @Param('id') transactionId: string,
    @Query() query: SessionClaim,
    @Body() body?: SessionClaim,
    @Headers(SESSION_HEADER) session?: string,
    @Headers('origin') origin?: string,
    @Headers('referer') referer?: string,
    @Headers('host') host?: string,
  ): Promise<BuyerTransaction> {
    return this.transactions.markPending(
      { transactionId, sessionPublicId: claimedSession(query, body, session) },
      { host, origin, referer },
    );
  }
}
