import type { Frame, FrameLocator, Page } from 'playwright-core';

/**
 * A webview's page lies two frames deep, in frames without a name of their own: it is found by what it holds.
 * @param selector something only that page holds, as `text=Requests by track` or `#dashboard`
 * @throws after `timeoutMs`, with the addresses of the frames that were there
 */
export async function findWebview(page: Page, selector: string, timeoutMs = 20_000): Promise<FrameLocator> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    for (const frame of page.frames()) {
      if (frame !== page.mainFrame() && (await holds(frame, selector))) return contentOf(frame);
    }
    if (Date.now() > deadline) {
      const addresses = page.frames().map((frame) => frame.url().slice(0, 120));
      throw new Error(`No webview holds ${selector} after ${timeoutMs} ms. Frames:\n${addresses.join('\n')}`);
    }
    await page.waitForTimeout(100);
  }
}

async function holds(frame: Frame, selector: string): Promise<boolean> {
  try {
    return (await frame.locator(selector).count()) > 0;
  } catch {
    // The frame went away while we looked: VS Code makes a webview anew when it is moved or shown again.
    return false;
  }
}

/** Located through its owners, so that it is found again after VS Code has put a new frame in its place. */
async function contentOf(frame: Frame): Promise<FrameLocator> {
  const outer = frame.parentFrame();
  if (!outer || outer.name() === '') throw new Error('A webview without an outer frame');
  return frame
    .page()
    .frameLocator(`iframe[name="${outer.name()}"]`)
    .frameLocator(`iframe#${await idOf(frame)}`);
}

async function idOf(frame: Frame): Promise<string> {
  const id = await (await frame.frameElement()).getAttribute('id');
  // A page that is loading takes the place of the one before it, and its id, once it is there.
  return id === null || id === 'pending-frame' ? 'active-frame' : id;
}
