import { afterAll, afterEach, beforeAll } from 'vitest';
import { PageHost, type PageOptions, type ShownPage } from './page-host';

/** A browser for the tests of a file; what a test opened in it is closed behind it. */
export function shareHost(): (options: PageOptions) => Promise<ShownPage> {
  let host: PageHost | undefined;
  let shown: ShownPage | undefined;
  beforeAll(async () => {
    host = await PageHost.start();
  });
  afterAll(() => host?.stop());
  afterEach(() => shown?.close());
  return async (options) => {
    if (host === undefined) throw new Error('The browser did not start');
    return (shown = await host.open(options));
  };
}
