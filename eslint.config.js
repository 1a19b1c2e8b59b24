import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'

/**
 * The import rules of ARCHITECTURE.md, per folder. `no-restricted-imports` is not merged between entries, so each entry below lists all that its files may not import,
 * and a file's last matching entry counts.
 */
const forbid = (...groups) => ({ '@typescript-eslint/no-restricted-imports': ['error', { patterns: groups }] })

/** Modules by name; `type` lets their types through, for a file that needs the shape of what `app.ts` hands it. */
const modules = (names, message, { types = false } = {}) => ({
  regex: `^(${names.join('|')})(/|$)`,
  message,
  ...(types ? { allowTypeImports: true } : {}),
})
const paths = (regex, message) => ({ regex, message })

const MEDIASOUP = modules(['mediasoup'], 'Only server/media imports mediasoup.')
const NO_WEB = paths('(^|/)web/', 'The server never imports the web client.')
const NO_SERVER = paths('(^|/)server/', 'The web client and shared/ never import the server.')
const NO_STORE = paths('(^|/)store\\.ts$', 'Sockets and HTTP talk to services, never to a store.')
const NO_IO = modules(
  ['express', 'socket\\.io', 'kysely', 'mediasoup', 'pg', 'redis', '@socket\\.io/redis-adapter', 'node:sqlite', 'node:http'],
  'A service knows its store and ports by interface only.',
)

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', 'data/', 'coverage/', 'test-results/', '**/*.d.ts'] },

  ...tseslint.configs.recommendedTypeChecked,
  ...vue.configs['flat/recommended'],

  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      parserOptions: { project: ['./tsconfig.lint.json'], tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.vue'] },
    },
    rules: {
      'no-console': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // `async` without `await` keeps the promise that an interface asks for, and turns a throw into a rejection.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-ignore': true, 'ts-expect-error': true, 'ts-nocheck': true }],
      // Our factories return closures, which never look at `this`.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      // Types are looked at by vue-tsc; layout of templates is left to the hand that writes them.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/attributes-order': 'off',
      'vue/require-default-prop': 'off',
      'vue/no-v-html': 'error',
      'vue/no-bare-strings-in-template': ['error', { allowlist: ['(', ')', ',', '.', '&', '+', '-', '=', '*', '/', '#', '%', '!', '?', ':', '[', ']', '{', '}', '<', '>', '·', '•', '‐', '–', '—', '|', '×', '→', 'Ctrl', 'Enter', 'Esc', '1', '6'] }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-macros-order': 'off',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
    },
  },
  {
    // ESLint cannot read the types of an imported component; vue-tsc can, and does.
    files: ['**/*.vue', 'web/main.ts', 'web/router.ts', 'web/admin/sections.ts', 'web/departments/speakerBadge.ts'],
    rules: Object.fromEntries(['argument', 'assignment', 'call', 'member-access', 'return'].map((what) => [`@typescript-eslint/no-unsafe-${what}`, 'off'])),
  },

  // Plain JavaScript (scripts that run before anything is installed, this file) has no types to ask.
  { files: ['**/*.{js,mjs}'], ...tseslint.configs.disableTypeChecked },

  { files: ['shared/**/*.ts'], rules: forbid({ regex: '^(?!zod$|\\.)', message: 'shared/ imports zod and itself, nothing else.' }, NO_SERVER, NO_WEB) },
  { files: ['shared/**/*.test.ts'], rules: forbid(NO_SERVER, NO_WEB) },

  { files: ['server/**/*.ts'], rules: forbid(MEDIASOUP, NO_WEB) },
  { files: ['server/media/**/*.ts'], rules: forbid(NO_WEB) },
  {
    files: ['server/**/rules.ts'],
    rules: forbid(NO_WEB, { regex: '^(?!node:crypto$|\\.\\./\\.\\./shared/|\\.\\./(.*/)?rules\\.ts$|\\./)', message: 'rules.ts is pure: it imports shared/, rules and hashing only; time, ids and randomness come in as arguments.' }),
  },
  { files: ['server/**/service.ts'], rules: forbid(NO_WEB, NO_IO) },
  {
    files: ['server/**/store.ts'],
    rules: forbid(MEDIASOUP, NO_WEB, modules(['express', 'socket\\.io', 'redis', 'pg'], 'store.ts is Kysely, nothing else.'), paths('/(service|socket|http)\\.ts$', 'A store knows nothing of who uses it.')),
  },
  { files: ['server/**/socket.ts', 'server/**/http.ts'], rules: forbid(MEDIASOUP, NO_WEB, NO_STORE, modules(['kysely', 'pg'], 'Sockets and HTTP talk to services, never to the database.')) },

  { files: ['web/**/*.{ts,vue}'], rules: forbid(NO_SERVER) },
  { files: ['web/**/*.vue'], rules: forbid(NO_SERVER, modules(['socket\\.io-client', 'mediasoup-client'], 'A component never touches the socket or the media engine.')) },

  // Command-line programs talk to the terminal.
  { files: ['scripts/**', 'tests/bench/**', '.ci/**'], rules: { 'no-console': 'off' } },
  // A test may say what it knows of its own fixtures.
  { files: ['**/*.test.ts', 'tests/**/*.ts'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
)
