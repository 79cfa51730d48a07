// ESLint's rules. `npm run lint` runs it from the project's folder, because it refuses files outside of the folder in
// which it runs.
import js from '@eslint/js';
import jsdoc from 'eslint-plugin-jsdoc';
import globals from 'globals';

const MODULES = 'crates/web/assets/src/scripts/**/*.js';
const JOURNEYS = 'browser-tests/**/*.mjs';

export default [
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { files: [MODULES, JOURNEYS], ...js.configs.recommended },
  {
    // Parts of a journey run in the browser.
    files: [JOURNEYS],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    rules: { 'no-unused-vars': ['error', { args: 'none' }] },
  },
  { files: [MODULES], ...jsdoc.configs['flat/recommended-typescript-flavor-error'] },
  {
    files: [MODULES],
    languageOptions: { ecmaVersion: 2022, sourceType: 'module', globals: globals.browser },
    rules: {
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'id-length': ['error', { min: 2, exceptions: ['T', 'E'] }],
      'max-lines': ['error', 150],
      'max-lines-per-function': ['error', 50],
      'max-params': ['error', 4],
      // Every exported function says in a sentence what it does; names and types suffice for its parameters.
      'jsdoc/require-jsdoc': ['error', { publicOnly: true, contexts: ['ArrowFunctionExpression'] }],
      'jsdoc/require-description': ['error', { contexts: ['ExportNamedDeclaration'] }],
      'jsdoc/require-param-description': 'off',
      'jsdoc/require-returns': 'off',
      'jsdoc/require-returns-description': 'off',
      'jsdoc/require-template-description': 'off',
      'jsdoc/tag-lines': 'off',
    },
  },
];
