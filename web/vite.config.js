import { defineConfig } from 'vite';

// Three files with fixed names: they are embedded in the program.
export default defineConfig({
  base: './',
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    target: 'es2020',
    cssCodeSplit: false,
    modulePreload: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      output: { entryFileNames: 'proof.js', assetFileNames: 'proof[extname]', inlineDynamicImports: true },
    },
  },
  // `npm run dev`: the page from Vite, the API from a `pli serve` beside it.
  server: { proxy: { '/v2': process.env.PLI_SERVE ?? 'http://127.0.0.1:8080' } },
});
