import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { AnswerView } from './protocol';

/** As near to the end as counts as being there, in CSS pixels. */
const NEAR = 48;

/**
 * Keeps a reader who is at the end at the end while text grows. Who scrolled up, or came back to a place in the
 * middle, is left where they read.
 */
export function useFollowing(view: AnswerView, running: boolean): void {
  const following = useRef(true);
  const turns = useRef(0);
  useEffect(() => {
    const onScroll = (): void => {
      following.current = atEnd();
    };
    onScroll();
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => window.removeEventListener('scroll', onScroll);
  }, []);
  useLayoutEffect(() => {
    // A question just asked is followed wherever its asker was.
    if (turns.current > 0 && view.turns.length > turns.current) following.current = true;
    turns.current = view.turns.length;
    if (running && following.current) window.scrollTo(0, document.documentElement.scrollHeight);
  }, [view, running]);
}

function atEnd(): boolean {
  const page = document.documentElement;
  return page.scrollHeight - page.scrollTop - page.clientHeight < NEAR;
}
