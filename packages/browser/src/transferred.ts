import type { Page, Response } from 'playwright-core';

export type Transferred = {
  scriptBytes: number;
  styleBytes: number;
  files: { url: string; kind: 'script' | 'style'; bytes: number }[];
};

const kindOf = (response: Response): 'script' | 'style' | undefined => {
  const type = response.headers()['content-type'] ?? '';
  if (/javascript/.test(type)) return 'script';
  return type.startsWith('text/css') ? 'style' : undefined;
};

const sum = (files: Transferred['files'], wanted: string): number =>
  files.reduce((total, { kind, bytes }) => (kind === wanted ? total + bytes : total), 0);

/**
 * The bytes of scripts and style sheets that a visit costs, from the page's own origin, as they came
 * over the wire: compressed, if the server compresses them. `visit` goes to the page and waits for
 * whatever shows that it is complete.
 */
export const transferred = async (
  page: Page,
  visit: () => Promise<unknown>,
): Promise<Transferred> => {
  const responses: Response[] = [];
  const keep = (response: Response) => void responses.push(response);
  page.on('response', keep);
  await visit();
  page.off('response', keep);

  const { origin } = new URL(page.url());
  const files: Transferred['files'] = [];
  for (const response of responses) {
    const kind = kindOf(response);
    if (!kind || new URL(response.url()).origin !== origin) continue;
    const { responseBodySize } = await response.request().sizes();
    files.push({ url: response.url(), kind, bytes: responseBodySize });
  }
  return { scriptBytes: sum(files, 'script'), styleBytes: sum(files, 'style'), files };
};
