import { useEffect } from 'react';

/** The document’s title; React would put a second one beside the server’s. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title) document.title = `${title} · Guichet`;
  }, [title]);
}
