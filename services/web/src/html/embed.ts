import { isLanguage } from '../language.ts';

/** How a document stands in another site: on a light ground or a dark one. */
export type Embed = 'light' | 'dark';

/** Whether a document may stand in any other site: `/{language}/embed/…`, and no other. */
export function isEmbed(path: string): boolean {
  const [, language = '', surface, ...rest] = path.split('/');
  return isLanguage(language) && surface === 'embed' && rest.length > 0;
}
