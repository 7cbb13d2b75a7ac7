import type { Cart } from './cart';
import { bestDiscount } from './discounts';
import { add, cents, format, percent, times } from './money';

const WIDTH = 32;
const VAT_PERCENT = 7;

/** The receipt as it is printed, 32 characters wide. Prices hold the tax, which is shown at the end. */
export function renderReceipt(cart: Cart, at: Date): string {
  const rows: string[] = [];
  rows.push('CORNER BAKERY'.padStart((WIDTH + 13) / 2));
  rows.push('');
  for (const { product, count } of cart.lines) {
    const left = count === 1 ? product.name : `${count} × ${product.name}`;
    const right = format(times(product.price, count));
    rows.push(left + right.padStart(WIDTH - left.length));
  }
  const discount = bestDiscount(cart, at);
  const due = discount ? add(cart.total, cents(-discount.amount)) : cart.total;
  if (discount) {
    const right = `-${format(discount.amount)}`;
    rows.push(discount.reason + right.padStart(WIDTH - discount.reason.length));
  }
  rows.push('-'.repeat(WIDTH));
  rows.push('total' + format(due).padStart(WIDTH - 'total'.length));
  const tax = add(due, cents(-percent(due, 100 / (1 + VAT_PERCENT / 100))));
  const label = `tax included (${VAT_PERCENT}%)`;
  rows.push(label + format(tax).padStart(WIDTH - label.length));
  return rows.join('\n');
}
