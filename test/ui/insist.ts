/** Longer than a person would try. */
const GIVES_UP_AFTER_MS = 45_000;

/**
 * What a person does when a list goes away before they have chosen: the whole of it once more. For things that do no
 * harm when done twice, as opening a list by a key.
 * @throws what went wrong in the try during which time ran out
 */
export async function insist(attempt: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + GIVES_UP_AFTER_MS;
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}
