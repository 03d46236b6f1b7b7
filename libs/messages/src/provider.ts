import { IsMongoId, IsString, MaxLength } from 'class-validator';
import { defineRequest } from './contract.js';
import { TenantRequest } from './tenant.js';

/** Tries a provider account as it is stored now, whether or not its snapshot has arrived and whether or not it is enabled. */
export class TestProviderCommand extends TenantRequest {
  @IsMongoId() providerId!: string;
  /** `sandbox`, `stripe`, … */
  @IsString() @MaxLength(32) type!: string;
  /** As in the provider's snapshot. */
  @IsString() credentials!: string;
}

/**
 * - `ok`: the provider answered and accepted the credentials
 * - `credentials_rejected`: it answered and did not, or some are missing
 * - `unreachable`: no answer that says either
 * - `unsupported`: this version cannot talk to providers of the type
 */
export const PROVIDER_TEST_CODES = ['ok', 'credentials_rejected', 'unreachable', 'unsupported'] as const;
export type ProviderTestCode = (typeof PROVIDER_TEST_CODES)[number];

export class ProviderTestResult {
  ok!: boolean;
  code!: ProviderTestCode;
  /** For people; holds no secret. */
  message!: string;
  /** How long the provider took to answer. */
  latencyMs!: number;
}

/** A provider gets less time than the deadline, so that the answer says what happened. */
export const PROVIDER_TEST_TIMEOUT_MS = 8_000;

export const testProvider = defineRequest(
  'main.command.provider.test.v1',
  TestProviderCommand,
  ProviderTestResult,
  PROVIDER_TEST_TIMEOUT_MS + 2_000,
);
