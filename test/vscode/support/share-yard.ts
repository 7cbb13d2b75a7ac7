import { Yard, type YardOptions } from './yard';

/** One yard for all tests of a suite, tidied up after each. `opened` is given it before the first. */
export function shareYard(opened: (yard: Yard) => void, options: YardOptions = {}): void {
  let yard: Yard;
  before(async () => opened((yard = await Yard.open(options))));
  after(() => yard.close());
  afterEach(() => yard.tidyUp());
}
