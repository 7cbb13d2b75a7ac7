import type { Answerer } from '../servers/question';

/** What the models say on the day of `day.test.ts`: about test/sample, and worth a picture. */

export const EXPLANATION = `\`bestDiscount\` asks every rule what it would take off, and gives **the one worth the most**; discounts never add up.

### How it works

1. Each rule in \`RULES\` gets the cart and the time, and says what it offers, or \`undefined\` where it does not apply.
2. The best offer so far is kept; a later one replaces it only when it is worth more.
3. With no offer at all the result is \`undefined\`, so the receipt shows no discount line.

### Worth knowing

- On a tie the rule that stands first in \`RULES\` wins.
- \`lastHour\` reads the local time zone, so a till set to UTC would sell off pastry at the wrong hour.

\`\`\`ts
const discount = bestDiscount(cart, new Date());
const due = discount ? cart.total - discount.amount : cart.total;
\`\`\`
`;

export const FOLLOW_UP = 'With no rule in `RULES` the loop never runs, and then nothing is taken off.\n';

export const SECOND_OPINION =
  'An empty list is fine: *undefined is the neutral element* here, and the caller already checks for it.\n';

export const SIMPLER = `\`\`\`ts
export function bestDiscount(cart: Cart, at: Date): Discount | undefined {
  return RULES.map((rule) => rule(cart, at))
    .filter((discount) => discount !== undefined)
    .toSorted((a, b) => b.amount - a.amount)[0];
}
\`\`\`
`;

/** A completing model that knows what the user is about to write, as soon as it was begun. */
export const typesAhead =
  (text: string): Answerer =>
  (question) => {
    if (question.kind !== 'infill') return '';
    for (let typed = text.length; typed > SURE_AFTER; typed -= 1)
      if (question.prefix.endsWith(text.slice(0, typed))) return text.slice(typed);
    return '';
  };

/** Characters. */
const SURE_AFTER = 3;

export const AMOUNT_DUE = `export function amountDue(cart: Cart, at: Date): Cents {
  const discount = bestDiscount(cart, at);
  if (!discount) return cart.total;
  return add(cart.total, cents(-discount.amount));`;
