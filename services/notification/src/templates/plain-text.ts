import { plainTextSelectors } from '@react-email/render';
import { compile } from 'html-to-text';

/**
 * The text of an e-mail’s HTML, as React Email’s `toPlainText` makes it. That one reads its rules
 * anew for each e-mail, which costs three times what the text does.
 */
export const plainText = compile({ wordwrap: false, selectors: plainTextSelectors });
