import type { Language } from '@guichet/contracts/shapes';
import { useParams } from 'react-router';
import { isLanguage } from '../i18n/languages.ts';

/** The language in the address; the server leads nobody to an address without one. */
export function useLanguage(): Language {
  const { language } = useParams();
  return isLanguage(language) ? language : 'en';
}
