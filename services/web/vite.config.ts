import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { parsedTexts } from './build/parse-texts.ts';

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  plugins: [parsedTexts(), react(), tailwindcss()],
  build: {
    outDir: 'dist',
    target: 'es2023',
    // Fonts are files that the browser keeps, not part of the styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
