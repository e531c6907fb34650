import { runParked } from './run.ts';

/** What the program says to these words, and what it ends with. */
export async function run(url: string, words: string[], env: Record<string, string> = {}) {
  const said = { out: '', err: '' };
  const end = await runParked(
    words,
    { MESSAGES_URL: url, ...env },
    {
      out: (text) => {
        said.out += text;
      },
      err: (text) => {
        said.err += text;
      },
    },
  );
  return { end, ...said };
}
