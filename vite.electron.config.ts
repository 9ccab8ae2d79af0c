/** Builds the Electron shell to dist/electron/main.cjs and preload.cjs: CommonJS that Electron 25 (Node 18) loads, everything bundled but electron. */
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build, defineConfig, type InlineConfig, type Plugin } from 'vite';

const folder = fileURLToPath(new URL('.', import.meta.url));
const { version }: { version: string } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8'));
/** What ws would use where it is installed; it is not. */
const OPTIONAL = ['bufferutil', 'utf-8-validate'];
const EXTERNAL = ['electron', ...OPTIONAL, ...builtinModules, /^node:/];

/** One bundle without chunks: a sandboxed preload script cannot load a second file. */
function bundle(name: 'main' | 'preload', plugins: Plugin[]): InlineConfig {
  return {
    configFile: false,
    root: folder,
    logLevel: 'warn',
    plugins,
    define: { XUNBO_VERSION: JSON.stringify(version) },
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: `${folder}main/electron/${name}.ts`,
      outDir: `${folder}dist/electron`,
      emptyOutDir: name === 'main',
      target: 'node18',
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: {
        external: EXTERNAL,
        output: { format: 'cjs', entryFileNames: `${name}.cjs`, codeSplitting: false },
      },
    },
  };
}

const preloadToo: Plugin = {
  name: 'xunbo:preload',
  async closeBundle() {
    await build(bundle('preload', []));
  },
};

export default defineConfig(bundle('main', [preloadToo]));
