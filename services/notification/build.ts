import { build } from 'esbuild';

/** The e-mail templates to JavaScript, their libraries left where they are. */
await build({
  entryPoints: ['src/templates/render.tsx'],
  outfile: 'dist/render.js',
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  jsx: 'automatic',
  logLevel: 'warning',
});
