import { cents, type Cents } from './money';

export type Category = 'bread' | 'pastry' | 'drink';

export interface Product {
  readonly name: string;
  readonly category: Category;
  readonly price: Cents;
  /** Sold off in the last hour of the day; bread keeps, pastry does not. */
  readonly keepsOvernight: boolean;
}

const PRODUCTS: readonly Product[] = [
  { name: 'sourdough', category: 'bread', price: cents(520), keepsOvernight: true },
  { name: 'baguette', category: 'bread', price: cents(180), keepsOvernight: false },
  { name: 'rye', category: 'bread', price: cents(460), keepsOvernight: true },
  { name: 'croissant', category: 'pastry', price: cents(210), keepsOvernight: false },
  { name: 'cinnamon roll', category: 'pastry', price: cents(290), keepsOvernight: false },
  { name: 'filter coffee', category: 'drink', price: cents(250), keepsOvernight: false },
];

export class UnknownProduct extends Error {
  constructor(readonly product: string) {
    super(`We do not sell '${product}'`);
  }
}

export function findProduct(name: string): Product {
  const product = PRODUCTS.find((candidate) => candidate.name === name);
  if (!product) throw new UnknownProduct(name);
  return product;
}

export function productsIn(category: Category): readonly Product[] {
  return PRODUCTS.filter((product) => product.category === category);
}
