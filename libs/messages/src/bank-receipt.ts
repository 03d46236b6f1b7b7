import type { ListingReason, ReceiptSource } from '@paygate/payments-domain';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsIn,
  IsInt,
  IsISO8601,
  IsMongoId,
  IsOptional,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { defineRequest } from './contract.js';
import { PageRequest } from './page.js';
import type { PageReply } from './page.js';
import { TenantRequest } from './tenant.js';
import { TransactionView } from './transaction.js';

/** What a person may say of a payment by bank transfer. */
export const TRANSFER_DECISIONS = ['succeeded', 'failed'] as const;
export type TransferDecision = (typeof TRANSFER_DECISIONS)[number];

/**
 * A person says what became of a bank transfer. Refused with `transaction_not_found`; `invalid_transition` (details
 * `{transactionId, status}`) when it is no bank transfer or was decided otherwise; `received_amount_too_low` (details
 * `{receivedAmount, currency}`).
 */
export class DecideTransferCommand extends TenantRequest {
  @IsMongoId() transactionId!: string;
  @IsIn(TRANSFER_DECISIONS) status!: TransferDecision;
  /** All the money that came for this payment so far, in minor units; the whole amount when absent. The same number twice says nothing new. */
  @IsOptional() @IsInt() @Min(1) @Max(Number.MAX_SAFE_INTEGER) receivedAmount?: number;
  @IsOptional() @IsISO8601() receivedOn?: string;
  @IsOptional() @IsString() @Length(1, 500) note?: string;
}

/** One credit of a bank statement. */
export class BankEntry {
  /** The same entry has the same key in whatever file it comes. */
  @IsString() @Length(1, 128) key!: string;
  /** Minor units. */
  @IsInt() @Min(1) @Max(Number.MAX_SAFE_INTEGER) amount!: number;
  @IsString() @Length(3, 3) currency!: string;
  @IsISO8601() bookedOn!: string;
  /** Everything the payer wrote. */
  @IsString() @MaxLength(2_000) text!: string;
  @IsOptional() @IsString() @MaxLength(140) payerName?: string;
  @IsOptional() @IsString() @MaxLength(64) payerAccount?: string;
}

/** Refused with `provider_not_found`, and with `provider_not_available` when the provider does not take bank transfers. */
export class ImportBankEntriesCommand extends TenantRequest {
  @IsMongoId() providerId!: string;
  @ValidateNested({ each: true }) @Type(() => BankEntry) @ArrayMinSize(1) @ArrayMaxSize(100) entries!: BankEntry[];
}

/** `assigned` to a payment; `listed` for a person; `known` from before, so that nothing changed. */
export const ENTRY_OUTCOMES = ['assigned', 'listed', 'known'] as const;
export type EntryOutcome = (typeof ENTRY_OUTCOMES)[number];

export class ImportedBankEntries {
  /** In the order of the request. */
  outcomes!: { key: string; receiptId: string; outcome: EntryOutcome; transactionId?: string; reason?: ListingReason }[];
}

/** `assigned`: counts for a payment. `unassigned`: waits for a person. `dismissed`: a person said that it pays for nothing here. */
export const BANK_RECEIPT_STATES = ['assigned', 'unassigned', 'dismissed'] as const;
export type BankReceiptState = (typeof BANK_RECEIPT_STATES)[number];

export class ListBankReceiptsRequest extends PageRequest {
  @IsOptional() @IsIn(BANK_RECEIPT_STATES) state?: BankReceiptState;
  @IsOptional() @IsMongoId() providerId?: string;
  @IsOptional() @IsMongoId() transactionId?: string;
}

/** Refused with `bank_receipt_not_found`, `transaction_not_found`, and `invalid_transition` when either can take no part in it. */
export class AssignBankReceiptCommand extends TenantRequest {
  @IsMongoId() receiptId!: string;
  @IsMongoId() transactionId!: string;
}

/** Refused with `bank_receipt_not_found`, and with `invalid_transition` when it is assigned. */
export class DismissBankReceiptCommand extends TenantRequest {
  @IsMongoId() receiptId!: string;
}

/** Money that came in. Amounts in minor units, instants ISO 8601 UTC. */
export class BankReceiptView {
  id!: string;
  providerId!: string;
  livemode!: boolean;
  source!: ReceiptSource;
  state!: BankReceiptState;
  amount!: number;
  currency!: string;
  bookedOn!: string;
  text!: string;
  payerName?: string;
  payerAccount?: string;
  /** The payment it counts for. */
  transactionId?: string;
  /** Why it was not assigned by itself. */
  reason?: ListingReason;
  /** Payments that wait for this very amount. */
  suggestions!: string[];
  createdAt!: string;
  updatedAt!: string;
}

export class BankReceiptPage implements PageReply<BankReceiptView> {
  items!: BankReceiptView[];
  total!: number;
  page!: number;
  limit!: number;
  nextCursor?: string;
}

export const decideTransfer = defineRequest('main.command.transfer.decide.v1', DecideTransferCommand, TransactionView);
export const importBankEntries = defineRequest(
  'main.command.bank-receipt.import.v1',
  ImportBankEntriesCommand,
  ImportedBankEntries,
  30_000,
);
export const assignBankReceipt = defineRequest('main.command.bank-receipt.assign.v1', AssignBankReceiptCommand, BankReceiptView);
export const dismissBankReceipt = defineRequest('main.command.bank-receipt.dismiss.v1', DismissBankReceiptCommand, BankReceiptView);
export const listBankReceipts = defineRequest('main.query.bank-receipt.list.v1', ListBankReceiptsRequest, BankReceiptPage);
