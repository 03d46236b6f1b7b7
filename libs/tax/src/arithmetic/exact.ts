/**
 * Integer arithmetic without a lost cent. Plain numbers where every intermediate value is exact (below 2^53), bigint beyond:
 * nearly all sales fit, and numbers are many times faster.
 */

/** `a * b / divisor`, half away from zero. `divisor` positive. */
export function mulDivRound(a: number, b: number, divisor: number): number {
  const doubled = a * b * 2;
  if (Math.abs(doubled) + divisor <= Number.MAX_SAFE_INTEGER) {
    const magnitude = Math.abs(doubled) + divisor;
    const quotient = floorDivide(magnitude, divisor * 2);
    return signed(quotient, doubled < 0);
  }
  const product = BigInt(a) * BigInt(b);
  const magnitude = product < 0n ? -product : product;
  const quotient = Number((2n * magnitude + BigInt(divisor)) / (2n * BigInt(divisor)));
  return signed(quotient, product < 0n);
}

/** Never -0, which is not the same as 0 in a comparison. */
function signed(magnitude: number, isNegative: boolean): number {
  return isNegative && magnitude !== 0 ? -magnitude : magnitude;
}

/** `floor(a * b / divisor)` and what is left over, from 0 up to `divisor`. */
export function mulDivFloor(a: number, b: number, divisor: number): readonly [quotient: number, remainder: number] {
  const product = a * b;
  if (Math.abs(product) <= Number.MAX_SAFE_INTEGER) {
    const quotient = floorDivide(product, divisor);
    return [quotient, product - quotient * divisor];
  }
  const exact = BigInt(a) * BigInt(b);
  const whole = BigInt(divisor);
  const remainder = ((exact % whole) + whole) % whole;
  return [Number((exact - remainder) / whole), Number(remainder)];
}

/** A quotient of exact integers may come out one too high or too low as a floating point number. */
function floorDivide(value: number, divisor: number): number {
  let quotient = Math.floor(value / divisor);
  if (quotient * divisor > value) quotient -= 1;
  else if ((quotient + 1) * divisor <= value) quotient += 1;
  return quotient;
}

export interface Weighted {
  readonly weight: number;
  /** Breaks ties, so that the order in which parts are given never matters. */
  readonly key: string;
}

/**
 * Splits `whole` into parts of `weight * numerator / denominator` each, rounded down; what is then left goes, one by one, to those
 * that lost most. `whole` is the rounded sum of the exact parts, so that no part is more than one unit off.
 */
export function allocate(whole: number, parts: readonly Weighted[], numerator: number, denominator: number): number[] {
  if (parts.length < 2) return parts.map(() => whole);
  const shares: number[] = [];
  const remainders: number[] = [];
  let left = whole;
  for (const { weight } of parts) {
    const [share, remainder] = mulDivFloor(weight, numerator, denominator);
    shares.push(share);
    remainders.push(remainder);
    left -= share;
  }
  if (left === 0) return shares;
  const order = parts.map((_, index) => index);
  order.sort((a, b) => (remainders[b] ?? 0) - (remainders[a] ?? 0) || compare(parts[a]?.key, parts[b]?.key) || a - b);
  // One round is enough when `whole` is the rounded sum; weights that are themselves rounded may need another.
  for (let turn = 0; left !== 0; turn += 1) {
    const index = order[turn % order.length] ?? 0;
    shares[index] = (shares[index] ?? 0) + Math.sign(left);
    left -= Math.sign(left);
  }
  return shares;
}

/** Splits `whole` in proportion to weights that are not negative and not all zero. */
export function allocateInProportion(whole: number, parts: readonly Weighted[]): number[] {
  const sum = parts.reduce((total, { weight }) => total + weight, 0);
  return allocate(whole, parts, whole, sum);
}

export function compare(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
