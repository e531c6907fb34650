/** What of it is used here; it brings no types of its own. */
declare module 'html-to-text' {
  export function compile(options: {
    wordwrap: false;
    selectors: readonly object[];
  }): (html: string) => string;
}
