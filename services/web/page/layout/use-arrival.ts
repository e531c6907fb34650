import { useEffect, useRef } from 'react';
import { useLocation, useNavigationType } from 'react-router';

/**
 * Another page begins at its top, and with the focus, so that a screen reader goes on from there.
 * Going back is the browser's own: it knows where one was.
 */
export function useArrival() {
  const content = useRef<HTMLElement>(null);
  const path = useLocation().pathname.replace(/^\/[a-z]{2}(?=\/|$)/, '');
  const type = useNavigationType();
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    if (type === 'POP') return;
    window.scrollTo(0, 0);
    content.current?.focus({ preventScroll: true });
  }, [path, type]);
  return content;
}
