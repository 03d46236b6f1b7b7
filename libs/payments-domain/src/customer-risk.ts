/** What a hold does. `manual_review` blocks like `block_all` until somebody has looked and released it. */
export const HOLD_ACTIONS = ['block_all', 'manual_review', 'allow_provider_types'] as const;
export type HoldAction = (typeof HOLD_ACTIONS)[number];

/** Why it exists: a dispute the merchant lost or accepted, or somebody made it by hand. */
export const HOLD_REASONS = ['lost_dispute', 'accepted_dispute', 'manual'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** What a buyer is known by. */
export interface Buyer {
  readonly email?: string;
  readonly clientId?: string;
}

/** A buyer as disputes and holds are found by: any one of the keys is enough. */
export function buyerKeys({ email, clientId }: Buyer): string[] {
  const address = email?.trim().toLowerCase();
  return [...(address ? [`email:${address}`] : []), ...(clientId ? [`client:${clientId.toLowerCase()}`] : [])];
}

/** The parts of a hold that decide. */
export interface HoldPart {
  readonly action: HoldAction;
  readonly allowedProviderTypes: readonly string[];
}

/** What all holds of a buyer come to; undefined without any. `by` is the one that is named. */
export type HoldVerdict<T extends HoldPart> =
  | { readonly kind: 'blocked'; readonly by: T }
  | { readonly kind: 'restricted'; readonly by: T; readonly allowedProviderTypes: readonly string[] };

/** The strictest holds; several restrictions leave what all of them allow. */
export function judgeHolds<T extends HoldPart>(holds: readonly T[]): HoldVerdict<T> | undefined {
  const blocking = HOLD_ACTIONS.filter((action) => action !== 'allow_provider_types');
  for (const action of blocking) {
    const by = holds.find((hold) => hold.action === action);
    if (by) return { kind: 'blocked', by };
  }
  const [by, ...others] = holds;
  if (!by) return undefined;
  const allowedProviderTypes = by.allowedProviderTypes.filter((type) => others.every((other) => other.allowedProviderTypes.includes(type)));
  return { kind: 'restricted', by, allowedProviderTypes };
}
