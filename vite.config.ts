import ui from '@nuxt/ui/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { compression } from 'vite-plugin-compression2'
import { messagesPlugin } from './web/i18n/vitePlugin.ts'

/** Where the development server of `vite` finds the application's own server. */
const SERVER = process.env['FANGTAN_SERVER'] ?? 'http://localhost:3000'

// White on the solid colour must stay readable while the pointer is over it, so hovering goes darker instead of paler.
const solidHover = (['primary', 'success', 'warning', 'error', 'info'] as const).map((color) => ({
  color,
  variant: 'solid' as const,
  class: `hover:bg-${color}-strong active:bg-${color}-strong`,
}))
// The same for words that are pressed.
const linkHover = (['primary', 'success', 'warning', 'error', 'info'] as const).map((color) => ({
  color,
  variant: 'link' as const,
  class: `hover:text-${color}-strong active:text-${color}-strong`,
}))

export default defineConfig({
  plugins: [
    vue(),
    messagesPlugin(),
    // Once, here, instead of for each visitor: a crowd arrives within a minute.
    compression({ algorithms: ['gzip', 'brotliCompress'], threshold: 1_000 }),
    ui({
      // Names of icons are gathered from the sources and their drawings put into the bundle: no page may ask a third party for one.
      icon: { clientBundle: { scan: { globInclude: ['web/**/*.{vue,ts}'], globExclude: ['**/*.test.ts'] }, sizeLimitKb: 128 } },
      theme: { defaultVariants: { size: 'lg' } },
      // web/ui/useTheme.ts does this, without a second copy of the library.
      colorMode: false,
      experimental: { componentDetection: true },
      ui: {
        colors: { primary: 'county', neutral: 'slate', success: 'emerald', warning: 'amber', error: 'red', info: 'sky' },
        // `lg`, the default, is at least 40 px high, `xl` at least 44: what a thumb needs.
        button: { variants: { size: { lg: { base: 'min-h-10' }, xl: { base: 'min-h-11' } } }, compoundVariants: [...solidHover, ...linkHover] },
        // A long dialog scrolls its body; its title stays whole.
        modal: { slots: { header: 'shrink-0' } },
        formField: { slots: { error: 'mt-2 text-error', help: 'mt-2 text-muted', description: 'text-muted' } },
      },
    }),
  ],
  resolve: {
    alias: [
      // Only Nuxt UI's root imports it by this name.
      { find: /^\.\/Toaster\.vue$/, replacement: new URL('./web/ui/LateToaster.vue', import.meta.url).pathname },
      { find: /^@unhead\/vue(\/client)?$/, replacement: new URL('./web/ui/headShim.ts', import.meta.url).pathname },
    ],
  },
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    // Texts are compiled while building: web/i18n/compile.ts.
    __INTLIFY_DROP_MESSAGE_COMPILER__: 'true',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  publicDir: 'web/public',
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2022',
    reportCompressedSize: true,
    // The lists of what each lazy part needs besides would weigh several kilobytes in every page: only the pages that people open first have theirs, the others find out a moment later.
    modulePreload: { resolveDependencies: (file, needs, { hostType }) => (hostType === 'html' || /(WatchPage|HomePage|StageView|DeskPage|StagePage)-/.test(file) ? needs : []) },
  },
  server: {
    proxy: {
      '/api': SERVER,
      '/branding.css': SERVER,
      '/socket.io': { target: SERVER, ws: true },
    },
  },
})
