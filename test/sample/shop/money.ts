/** An amount in cents: sums of decimal fractions drift, sums of whole numbers do not. */
export type Cents = number & { readonly unit: 'cents' };

export const cents = (amount: number): Cents => {
  if (!Number.isInteger(amount)) throw new RangeError(`${amount} is not a whole number of cents`);
  return amount as Cents;
};

export const add = (a: Cents, b: Cents): Cents => cents(a + b);

export const times = (price: Cents, count: number): Cents => cents(price * count);

/** Rounded half up, as the tax office wants it. */
export const percent = (amount: Cents, rate: number): Cents => cents(Math.floor((amount * rate) / 100 + 0.5));

export const format = (amount: Cents): string => `€${(amount / 100).toFixed(2)}`;
