import { findProduct, type Product } from './catalog';
import { add, cents, times, type Cents } from './money';

export interface Line {
  readonly product: Product;
  readonly count: number;
}

/** What a customer has on the counter. Adding a product twice makes one line of it. */
export class Cart {
  private readonly counts = new Map<string, number>();

  add(name: string, count = 1): this {
    const product = findProduct(name);
    this.counts.set(product.name, (this.counts.get(product.name) ?? 0) + count);
    return this;
  }

  remove(name: string): this {
    this.counts.delete(name);
    return this;
  }

  get lines(): readonly Line[] {
    return [...this.counts].map(([name, count]) => ({ product: findProduct(name), count }));
  }

  get total(): Cents {
    return this.lines.reduce((sum, { product, count }) => add(sum, times(product.price, count)), cents(0));
  }
}
