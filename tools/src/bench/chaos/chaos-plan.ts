import { newObjectId } from '@paygate/kernel';

/** How the receiver of a chaos run behaves. `dead` comes back when everything has been told, `gone` never does. */
export type Temper = 'healthy' | 'slow' | 'failing' | 'dead' | 'gone';

export type PlannedStatus = 'pending_provider' | 'succeeded' | 'failed' | 'cancelled' | 'refunded' | 'charged_back';

export interface PlannedEvent {
  readonly id: string;
  readonly transactionId: string;
  readonly reference: string;
  /** Index of the receiver. */
  readonly endpoint: number;
  readonly status: PlannedStatus;
  readonly version: number;
  /** The last state of its transaction. */
  readonly isFinal: boolean;
}

export interface ChaosPlan {
  readonly tempers: readonly Temper[];
  /** In the order in which they happen. */
  readonly events: readonly PlannedEvent[];
}

/** What can become of an order: the states of its payments, in the order in which they happen. */
const STORIES: readonly (readonly (readonly [payment: number, status: PlannedStatus])[])[] = [
  [
    [0, 'pending_provider'],
    [0, 'succeeded'],
  ],
  [
    [0, 'pending_provider'],
    [0, 'succeeded'],
  ],
  [
    [0, 'pending_provider'],
    [0, 'failed'],
  ],
  [[0, 'cancelled']],
  [
    [0, 'succeeded'],
    [0, 'refunded'],
  ],
  [
    [0, 'pending_provider'],
    [0, 'succeeded'],
    [0, 'charged_back'],
  ],
  // A second payment after a failed one, and one that overtakes the first.
  [
    [0, 'pending_provider'],
    [0, 'failed'],
    [1, 'pending_provider'],
    [1, 'succeeded'],
  ],
  [
    [0, 'pending_provider'],
    [1, 'pending_provider'],
    [1, 'succeeded'],
    [0, 'failed'],
  ],
  [
    [0, 'pending_provider'],
    [1, 'succeeded'],
    [0, 'cancelled'],
    [1, 'refunded'],
  ],
];

/** The longest time between two states of an order, as a share of the whole run. */
const LONGEST_GAP = 0.08;

/** Of fifty receivers 30 are healthy, 8 slow, 8 fail now and then, 3 are dead and 1 is gone. */
export function temperOf(endpoint: number): Temper {
  const place = endpoint % 50;
  if (place % 6 === 1) return 'slow';
  if (place % 6 === 3) return 'failing';
  if (place === 4 || place === 14 || place === 40) return 'dead';
  return place === 28 ? 'gone' : 'healthy';
}

/** @param random in [0, 1); the same numbers make the same plan, apart from ids */
export function planChaos(count: number, endpoints: number, random: () => number): ChaosPlan {
  const timed: { at: number; event: PlannedEvent }[] = [];
  for (let order = 0; timed.length < count; order++) {
    const story = STORIES[Math.floor(random() * STORIES.length)] ?? [];
    const endpoint = order % endpoints;
    const reference = `order-${order}-${newObjectId().slice(-6)}`;
    const transactions = [newObjectId(), newObjectId()];
    const versions = [1, 1];
    let at = random();
    for (const [step, [payment, status]] of story.entries()) {
      const version = (versions[payment] ?? 1) + 1;
      versions[payment] = version;
      const isFinal = !story.slice(step + 1).some(([other]) => other === payment);
      const transactionId = transactions[payment] ?? '';
      timed.push({ at, event: { id: newObjectId(), transactionId, reference, endpoint, status, version, isFinal } });
      at += random() * LONGEST_GAP;
    }
  }
  timed.sort((a, b) => a.at - b.at);
  return { tempers: Array.from({ length: endpoints }, (_, i) => temperOf(i)), events: timed.map(({ event }) => event) };
}

/** Repeatable random numbers (a linear congruential generator; good enough to shuffle with). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
