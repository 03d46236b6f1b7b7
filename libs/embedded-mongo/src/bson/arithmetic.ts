import { Decimal128, Double, Long } from 'bson';
import { fail } from '../errors.js';
import { decimalArithmetic, toDecimal128, toExactOperand, type DecimalOperator } from './decimal.js';
import { double, integer, isInt32, isLong, toNumber, type Numeric } from './value.js';

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

function isIntegerType(v: Numeric): boolean {
  return isLong(v) || (typeof v === 'number' && isInt32(v));
}

/**
 * Arithmetic with the server's result types: decimal wins over double, double over int64, int64 over int32;
 * integers that leave int32 become int64, those that leave int64 become doubles. Division always gives a double or decimal.
 */
export function arithmetic(op: DecimalOperator, a: Numeric, b: Numeric): Numeric {
  if (a instanceof Decimal128 || b instanceof Decimal128) return decimals(op, a, b);
  if (op !== '/' && isIntegerType(a) && isIntegerType(b)) return integers(op, a, b);
  return double(plain(op, toNumber(a), toNumber(b)));
}

function plain(op: DecimalOperator, x: number, y: number): number {
  switch (op) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return x / y;
    case '%':
      return x % y;
  }
}

function integers(op: DecimalOperator, a: Numeric, b: Numeric): Numeric {
  if (typeof a === 'number' && typeof b === 'number') {
    const r = plain(op, a, b);
    // A zero remainder or product may be negative zero, which is not an int32.
    if (Number.isSafeInteger(r)) return integer(r === 0 ? 0 : r);
  }
  const x = BigInt(a.toString());
  const y = BigInt(b.toString());
  const r = op === '+' ? x + y : op === '-' ? x - y : op === '*' ? x * y : x % y;
  return r > INT64_MAX || r < INT64_MIN ? double(Number(r)) : Long.fromBigInt(r);
}

function decimals(op: DecimalOperator, a: Numeric, b: Numeric): Numeric {
  const x = toExactOperand(a);
  const y = toExactOperand(b);
  if (x.special === 'NaN' || y.special === 'NaN') return toDecimal128({ c: 0n, e: 0, special: 'NaN' });
  if (x.special !== undefined || y.special !== undefined) return Decimal128.fromString(String(plain(op, toNumber(a), toNumber(b))));
  if (op === '/' && y.c === 0n) fail(2, "can't $divide by zero");
  return decimalArithmetic(op, x, y);
}

export function negate(v: Numeric): Numeric {
  return arithmetic('*', v, -1);
}

/**
 * Running sum. Doubles are summed with compensation, as the server does, so that 0.1 added ten times is 1;
 * integers and decimals are exact.
 */
export class Sum {
  private exactPart: Numeric = 0;
  private total = 0;
  private compensation = 0;
  private doubles = false;

  add(v: Numeric): void {
    if (v instanceof Double || (typeof v === 'number' && !isInt32(v))) {
      this.doubles = true;
      this.addDouble(toNumber(v));
    } else {
      this.exactPart = arithmetic('+', this.exactPart, v);
    }
  }

  private addDouble(n: number): void {
    const sum = this.total + n;
    this.compensation += Math.abs(this.total) >= Math.abs(n) ? this.total - sum + n : n - sum + this.total;
    this.total = sum;
  }

  get value(): Numeric {
    if (!this.doubles) return this.exactPart;
    if (this.exactPart instanceof Decimal128) return arithmetic('+', this.exactPart, double(this.total + this.compensation));
    const part = toNumber(this.exactPart);
    // Infinity minus Infinity in the compensation must not turn an infinite sum into NaN.
    if (!Number.isFinite(this.total)) return double(this.total + part);
    const sum = new Sum();
    sum.total = this.total;
    sum.compensation = this.compensation;
    sum.addDouble(part);
    return double(sum.total + sum.compensation);
  }
}
