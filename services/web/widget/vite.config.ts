import { join } from 'node:path';
import { defineConfig } from 'vite';

/** One classic script with a fixed name, which an organiser's site loads. */
/** @public vite reads it, by the name of this file */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    outDir: join(import.meta.dirname, '../dist/public'),
    emptyOutDir: false,
    target: 'es2022',
    lib: {
      entry: join(import.meta.dirname, 'widget.ts'),
      name: 'guichet',
      formats: ['iife'],
      fileName: () => 'widget.js',
    },
  },
});
