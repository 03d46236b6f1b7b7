/**
 * What is not counted: notifications of providers, which come in bursts from few addresses and must not be lost; the
 * simulated provider, whose callers are this service and its pages; files that are sent from memory.
 */
const UNLIMITED = ['/hooks/', '/sandbox/', '/checkout/assets/'];

/**
 * Whether requests of this route are counted. A new route is, unless it is listed above.
 * @param route the pattern of the route; what a client writes could be spelled in many ways
 */
export function isLimited(route: string): boolean {
  return !UNLIMITED.some((prefix) => route.startsWith(prefix));
}
