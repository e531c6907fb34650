import { useLanguage } from '../layout/language.ts';
import { embedPath } from './embed.ts';

/** From `/checkout/…` to its address in the language that is spoken, inside a frame or not. */
export function usePath(): (path: string) => string {
  const language = useLanguage();
  return (path) => `/${language}${embedPath}${path}`;
}
