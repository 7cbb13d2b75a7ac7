/** 16 bits: 256 KB a page. */
const PAGE_BITS = 16;
const PAGE = 1 << PAGE_BITS;
const FIRST_PAGE = 1024;

/** A growing list of 32-bit numbers in pages: growing copies nothing, so that no append takes longer than another. */
export class IntList {
  readonly #pages: Int32Array[] = [new Int32Array(FIRST_PAGE)];

  get bytes(): number {
    return this.#pages.reduce((sum, page) => sum + page.byteLength, 0);
  }

  /** 0 for what was never set. */
  at(i: number): number {
    return this.#pages[i >>> PAGE_BITS]?.[i & (PAGE - 1)] ?? 0;
  }

  set(i: number, value: number): void {
    const number = i >>> PAGE_BITS;
    let page = this.#pages[number];
    const within = i & (PAGE - 1);
    if (page === undefined || within >= page.length) page = this.#grow(number, within);
    page[within] = value;
  }

  #grow(number: number, within: number): Int32Array {
    const old = this.#pages[number];
    // The first page starts small: most documents never need a whole one.
    const size =
      number > 0 ? PAGE : Math.min(PAGE, Math.max(FIRST_PAGE, 2 ** Math.ceil(Math.log2(within + 1))));
    const page = new Int32Array(size);
    if (old !== undefined) page.set(old);
    this.#pages[number] = page;
    return page;
  }
}
