import type en from './locales/en.json';

/** A key that is not in the English texts does not compile. */
declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}
