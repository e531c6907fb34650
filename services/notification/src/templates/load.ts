import { existsSync } from 'node:fs';
import type { Render } from './template.ts';

const built = new URL('../../dist/render.js', import.meta.url);

/** Node runs no `.tsx`, so the templates are the one thing that is built before a start. */
export async function loadRender(): Promise<Render> {
  if (!existsSync(built)) {
    throw new Error('The e-mail templates are not built: npm run build -w services/notification.');
  }
  const { render } = (await import(built.href)) as typeof import('./render.tsx');
  return render;
}
