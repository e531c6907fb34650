import { join } from 'node:path';
import { build, stop } from 'esbuild';

export type BrowserScripts = {
  /** What a page loads: it makes `Stripe` of its window. */
  page: string;
  /** What runs in the frame of an element. */
  frame: string;
  /** What tells a page that the bank was answered. */
  answered: string;
};

const entries: Readonly<Record<keyof BrowserScripts, string>> = {
  page: 'in-browser/page/stripe.ts',
  frame: 'in-browser/frame/main.ts',
  answered: 'in-browser/bank/answered.ts',
};

/** The TypeScript of browsers as scripts, made when they are first asked for. */
export const buildBrowserScripts = async (): Promise<BrowserScripts> => {
  const names = Object.keys(entries) as (keyof BrowserScripts)[];
  const made = await Promise.all(
    names.map(async (name) => {
      const { outputFiles } = await build({
        entryPoints: [join(import.meta.dirname, entries[name])],
        bundle: true,
        format: 'iife',
        target: 'es2023',
        charset: 'utf8',
        write: false,
        logLevel: 'silent',
      });
      return [name, outputFiles[0]?.text ?? ''] as const;
    }),
  );
  // Its process would stay for as long as this one.
  await stop();
  return Object.fromEntries(made) as BrowserScripts;
};
