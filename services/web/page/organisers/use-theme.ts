import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { queries } from '../api/queries.ts';
import { accentOfHost } from '../embed/embed.ts';

/** The page is in the colour of whose it is, and in its own again when one leaves. */
export function useTheme(organiserId: string | undefined): void {
  const { data } = useQuery({
    ...queries.organiser(organiserId ?? ''),
    enabled: organiserId !== undefined,
  });
  const accent = accentOfHost ?? data?.accent;
  useEffect(() => {
    const { style } = document.documentElement;
    if (accent) style.setProperty('--seed', accent);
    return () => void style.removeProperty('--seed');
  }, [accent]);
}
