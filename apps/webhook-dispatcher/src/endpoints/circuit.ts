/** The part of a delivery that decides whether it may be sent while the circuit of its endpoint is open. */
export interface Passenger {
  endpointId?: string;
  status?: string;
  eventVersion: number;
  attemptCount: number;
}

/** The first word of a success, and what somebody asked for by hand: they never wait, and show as well whether the receiver works again. */
export function neverWaits({ status, eventVersion, attemptCount }: Passenger): boolean {
  return attemptCount === 0 && (status === 'succeeded' || eventVersion === 0);
}

/** The same as a condition of the database. */
export const NEVER_WAITS = [
  { attemptCount: 0, status: 'succeeded' as const },
  { attemptCount: 0, eventVersion: 0 },
];
