import { IsString, MaxLength } from 'class-validator';
import { defineBroadcast } from './contract.js';

/** Keys, sessions, memberships or organizations were changed. */
export class AccessChanged {
  /** What changed, for the log, e.g. `api_key.revoked`. */
  @IsString() @MaxLength(100) reason!: string;
}

/** Every instance of admin-api forgets whom it has authenticated. Without it they do so within a second. */
export const accessChanged = defineBroadcast('admin.broadcast.access.changed.v1', AccessChanged);
