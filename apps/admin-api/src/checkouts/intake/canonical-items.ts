import { DomainError } from '@paygate/kernel';
import type { FieldProblem } from '@paygate/kernel';
import type { CheckoutItem } from '@paygate/messages';
import { invalidFields } from '@paygate/nest-kit';
import { canonicalItemType, sumOfItems } from '@paygate/payments-domain';
import type { CheckoutItemBody } from '../dto/checkout-item.body.js';

const LONGEST_NAME = 500;

/**
 * The lines as the platform keeps them: each has a name and a type.
 * @throws DomainError `validation_failed` for a line with neither name nor description
 */
export function canonicalItems(lines: readonly CheckoutItemBody[]): CheckoutItem[] {
  const nameless = lines.flatMap((line, index) => (nameOf(line) === undefined ? [missingName(index)] : []));
  if (nameless.length > 0) throw invalidFields(nameless);
  return lines.map((line) => ({
    name: nameOf(line) ?? '',
    description: line.description,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    vatRate: line.vatRate,
    itemType: canonicalItemType(line.itemType ?? (line.unitPrice < 0 ? 'discount' : 'goods')),
    amountType: line.amountType,
  }));
}

/**
 * A total unlike its lines is an ordinary mistake of shops (three for 10.00): both phrases of the message are what their
 * plugins look for.
 * @throws DomainError `items_sum_mismatch`
 */
export function requireItemsMatchAmount(items: readonly CheckoutItem[], amount: number, currency: string): void {
  if (items.length === 0) return;
  const sum = sumOfItems(items, currency).minor;
  if (sum === BigInt(amount)) return;
  const message = `The sum of item amounts (${sum}) does not match total amount (${amount}).`;
  const problem: FieldProblem = {
    field: 'items',
    code: 'items_sum_mismatch',
    message,
    expected: `quantity × unitPrice of all items to add up to ${amount}`,
  };
  throw new DomainError('items_sum_mismatch', message, [problem]);
}

function nameOf({ name, description }: CheckoutItemBody): string | undefined {
  return name ?? description?.slice(0, LONGEST_NAME);
}

function missingName(index: number): FieldProblem {
  const field = `items[${index}].name`;
  return { field, code: 'required', message: `${field} is required.`, expected: 'a name or a description' };
}
