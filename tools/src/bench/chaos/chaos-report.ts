import type { DemoSeed, Stack } from '../../stack/stack.js';
import { finalStates } from './chaos-verdict.js';
import { runChaos } from './chaos-run.js';
import type { ChaosOutcome, ChaosSize } from './chaos-run.js';

const FULL_EVENTS = 20_000;
const PER_SECOND = 300;
const EXAMPLES = 5;

/** Promises to merchants while everything breaks. @param events how many status changes are told */
export async function measureChaos(stack: Stack, demo: DemoSeed, events = FULL_EVENTS): Promise<{ report: string[]; broken: string[] }> {
  const seed = Date.now() % 1_000_000;
  const size: ChaosSize = { events, endpoints: 50, perSecond: PER_SECOND, disasters: { kill: 5, flush: 2, nats: 2 }, seed };
  const outcome = await runChaos(stack, demo, size);
  return { report: reportOf(outcome, size), broken: brokenPromises(outcome) };
}

/** In words, with some examples; empty when all promises were kept. */
export function brokenPromises({ verdict, plan, states }: Pick<ChaosOutcome, 'verdict' | 'plan' | 'states'>): string[] {
  const stored = Object.values(states).reduce((sum, count) => sum + count, 0);
  const promises: [string, readonly string[]][] = [
    ['final states lost', verdict.lost],
    ['repeated with another id or other bytes', verdict.unlikeTwins],
    ['older states after newer ones of the same payment', verdict.outOfOrder],
    ['negative after a success of the same reference', verdict.negativeAfterSuccess],
    ['requests nobody ordered', verdict.unknown],
  ];
  return [
    ...promises.flatMap(([promise, cases]) =>
      cases.length === 0 ? [] : [`${promise}: ${cases.length}`, ...cases.slice(0, EXAMPLES).map((each) => `    ${each}`)],
    ),
    ...(stored === plan.events.length ? [] : [`${plan.events.length} events made ${stored} deliveries`]),
  ];
}

function reportOf({ verdict, plan, requests, acknowledged, states, seconds }: ChaosOutcome, size: ChaosSize): string[] {
  const { kill, flush, nats } = size.disasters;
  const tempers = new Map<string, number>();
  for (const temper of plan.tempers) tempers.set(temper, (tempers.get(temper) ?? 0) + 1);
  const list = (counts: Iterable<[string, number]>): string => [...counts].map(([name, count]) => `${count} ${name}`).join(', ');
  return [
    `chaos: ${plan.events.length} notifications to ${plan.tempers.length} receivers (${list(tempers)}), seed ${size.seed}`,
    `  dispatchers killed ${kill} times, Redis emptied ${flush} times, NATS killed ${nats} times`,
    `  ${requests} requests arrived, ${acknowledged} acknowledged, ${verdict.repeated} were repetitions; deliveries: ${list(Object.entries(states))}`,
    `  told in ${seconds.told.toFixed(0)} s, all arrived after ${seconds.settled.toFixed(0)} s`,
    `  ${finalStates(plan).length} final states, lost ${verdict.lost.length}; unlike repetitions ${verdict.unlikeTwins.length}; out of order ${verdict.outOfOrder.length}; negative after a success ${verdict.negativeAfterSuccess.length}; unknown ${verdict.unknown.length}`,
  ];
}
