import { Suspense, useEffect, useRef } from 'react';
import { Outlet, useLocation } from 'react-router';
import { useArrival } from '../layout/use-arrival.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { tellHost } from './tell-host.ts';

/** The frame is as high as what is in it, so that it never has a scroll bar of its own. */
function useHeight() {
  const room = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!room.current) return;
    const observer = new ResizeObserver(([entry]) => {
      const height = Math.ceil(entry?.borderBoxSize[0]?.blockSize ?? 0);
      if (height > 0) tellHost({ type: 'height', height });
    });
    observer.observe(room.current);
    return () => observer.disconnect();
  }, []);
  return room;
}

/** Escape closes a dialog around the frame, unless one is open inside. */
function useEscape() {
  useEffect(() => {
    const listen = ({ key, defaultPrevented }: KeyboardEvent) => {
      if (key !== 'Escape' || defaultPrevented || document.querySelector('dialog[open]')) return;
      tellHost({ type: 'escape' });
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}

/** The next page of a purchase begins where its buyer looks: only the host can scroll there. */
function useArrivalOfFrame() {
  const { pathname } = useLocation();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current !== pathname) tellHost({ type: 'arrived' });
    before.current = pathname;
  }, [pathname]);
}

/** A page without what is around it elsewhere: the site that it stands in has its own. */
export function EmbedLayout() {
  const content = useArrival();
  const room = useHeight();
  useEscape();
  useArrivalOfFrame();
  return (
    <div ref={room} className="p-1">
      <main ref={content} id="content" tabIndex={-1} className="outline-none">
        <Suspense fallback={<Skeleton className="h-[40rem]" />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  );
}
