import { IsIn, IsInt, IsISO8601, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { defineRequest } from './contract.js';
import { EndpointRequest } from './endpoint.js';
import { PageRequest } from './page.js';
import type { PageReply } from './page.js';
import { TenantRequest } from './tenant.js';

/** `failed`: what was given up (`dead`). `all`: what was delivered as well. */
export const REPLAY_SELECTIONS = ['failed', 'all'] as const;
export type ReplaySelection = (typeof REPLAY_SELECTIONS)[number];

export const REPLAY_STATES = ['running', 'completed', 'cancelled'] as const;
export type ReplayState = (typeof REPLAY_STATES)[number];

/**
 * Sends notifications of an endpoint once more, oldest first, with their ids and bytes. What a newer state of its transaction has
 * overtaken is left out. Refused with `endpoint_not_found`, `endpoint_disabled`, `replay_running` (one at a time for each endpoint).
 */
export class CreateReplayCommand extends EndpointRequest {
  @IsIn(REPLAY_SELECTIONS) selection!: ReplaySelection;
  /** By when they came into being; without bounds, everything that is kept. */
  @IsOptional() @IsISO8601() from?: string;
  @IsOptional() @IsISO8601() to?: string;
  /** Notifications per second; 20 when absent. */
  @IsOptional() @IsInt() @Min(1) @Max(200) ratePerSecond?: number;
}

export class ReplayRequest extends TenantRequest {
  @IsString() @MaxLength(64) replayId!: string;
}

/** Newest first. */
export class ListReplaysRequest extends PageRequest {
  @IsOptional() @IsString() @MaxLength(64) endpointId?: string;
  @IsOptional() @IsIn(REPLAY_STATES) state?: ReplayState;
}

export class ReplayView {
  /** `rpl_…` */
  replayId!: string;
  endpointId!: string;
  selection!: ReplaySelection;
  from?: string;
  to?: string;
  ratePerSecond!: number;
  state!: ReplayState;
  /** Put on their way again. */
  resent!: number;
  /** Overtaken by newer ones, or on their way already. */
  skipped!: number;
  createdAt!: string;
  updatedAt!: string;
  /** When it was completed or cancelled. */
  finishedAt?: string;
}

export class ReplayPage implements PageReply<ReplayView> {
  items!: ReplayView[];
  total!: number;
  page!: number;
  limit!: number;
  nextCursor?: string;
}

export const createReplay = defineRequest('dispatch.command.replay.create.v1', CreateReplayCommand, ReplayView);
export const listReplays = defineRequest('dispatch.query.replay.list.v1', ListReplaysRequest, ReplayPage);
/** Refused with `replay_not_found`. */
export const getReplay = defineRequest('dispatch.query.replay.get.v1', ReplayRequest, ReplayView);
/** What was put on its way stays on its way. A finished one is answered as it is. */
export const cancelReplay = defineRequest('dispatch.command.replay.cancel.v1', ReplayRequest, ReplayView);
