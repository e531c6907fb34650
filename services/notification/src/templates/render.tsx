import { render as renderReact, toPlainText } from '@react-email/render';
import { letters } from './letters.tsx';
import type { Render } from './template.ts';
import { textsIn } from './texts.ts';

/**
 * Five milliseconds of CPU a mail: the HTML is drawn once and the text is made of it.
 *
 * @public built to JavaScript, and loaded from there
 */
export const render: Render = async (template, language, data) => {
  const { subject, letter } = letters[template](textsIn[language], language, data);
  const html = await renderReact(letter);
  return { subject, html, text: toPlainText(html) };
};
