/** What is known of the receiver behind an endpoint, from the answers to notifications. Shared by all instances. */
export interface EndpointHealth {
  /** Rises with every change; a change that was made from an older state is made again. */
  revision: number;
  /** Attempts since the last success that were not acknowledged. */
  failures: number;
  /** When the first of them ended. */
  failingSince: Date | null;
  /** Those at the end of them that show the receiver to be out of order: no answer, 5xx, 429. */
  outages: number;
  outageSince: Date | null;
  /** Until then nothing is sent but first attempts of successes. Null while the circuit is closed. */
  openUntil: Date | null;
  /** How often it was opened in a row. */
  openings: number;
  /** The claim that tries whether it works again; its result decides. */
  probe: string | null;
  /** Deliveries at the end of the failures that were answered with 410, each once. */
  gone: string[];
  /** To within some seconds. */
  lastSuccessAt: Date | null;
  lastFailureAt: Date | null;
}

export const UNKNOWN_HEALTH: EndpointHealth = {
  revision: 0,
  failures: 0,
  failingSince: null,
  outages: 0,
  outageSince: null,
  openUntil: null,
  openings: 0,
  probe: null,
  gone: [],
  lastSuccessAt: null,
  lastFailureAt: null,
};
