import { render as renderReact } from '@react-email/render';
import { letters } from './letters.tsx';
import { plainText } from './plain-text.ts';
import type { Render } from './template.ts';
import { textsIn } from './texts.ts';

/**
 * The HTML is drawn once and the text is made of it: a millisecond of CPU a mail, in production.
 *
 * @public built to JavaScript, and loaded from there
 */
export const render: Render = async (template, language, data) => {
  const { subject, letter } = letters[template](textsIn[language], language, data);
  const html = await renderReact(letter);
  return { subject, html, text: plainText(html) };
};
