import type { Cart, Line } from './cart';
import { add, cents, percent, times, type Cents } from './money';

export interface Discount {
  readonly reason: string;
  readonly amount: Cents;
}

type Rule = (cart: Cart, at: Date) => Discount | undefined;

const CLOSING_HOUR = 18;

/** In the last hour, what does not keep goes at half its price. */
const lastHour: Rule = (cart, at) => {
  if (at.getHours() !== CLOSING_HOUR - 1) return undefined;
  const perishable = cart.lines.filter(({ product }) => !product.keepsOvernight);
  const amount = percent(sumOf(perishable), 50);
  return amount > 0 ? { reason: 'last hour', amount } : undefined;
};

/** Six pastries for the price of five, as often as they fit. */
const sixForFive: Rule = (cart) => {
  const pastries = cart.lines.filter(({ product }) => product.category === 'pastry');
  const prices = pastries.flatMap(({ product, count }) => Array.from({ length: count }, () => product.price));
  const free = prices.sort((a, b) => a - b).slice(0, Math.floor(prices.length / 6));
  const amount = free.reduce(add, cents(0));
  return amount > 0 ? { reason: 'six pastries for five', amount } : undefined;
};

const RULES: readonly Rule[] = [lastHour, sixForFive];

/** Discounts do not add up: the customer gets the one that is worth the most. */
export function bestDiscount(cart: Cart, at: Date): Discount | undefined {
  let best: Discount | undefined;
  for (const rule of RULES) {
    const discount = rule(cart, at);
    if (discount && (!best || discount.amount > best.amount)) best = discount;
  }
  return best;
}

function sumOf(lines: readonly Line[]): Cents {
  return lines.reduce((sum, { product, count }) => add(sum, times(product.price, count)), cents(0));
}
