import js from "@eslint/js"
import globals from "globals"
import tseslint from "typescript-eslint"

const TYPESCRIPT = ["**/*.ts", "**/*.tsx"]

export default tseslint.config(
  {
    ignores: [
      "**/node_modules/",
      "**/.medusa/",
      "**/.next/",
      "**/.libro/",
      "**/dist/",
      "**/coverage/",
      "**/test-results/",
      "**/playwright-report/",
      // An npm project of its own, with React's and Next's own rules.
      "storefront/",
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  {
    languageOptions: { globals: globals.node },
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-console": "off",
      "object-shorthand": "error",
      "prefer-const": "error",
    },
  },
  {
    files: TYPESCRIPT,
    extends: [tseslint.configs.recommended],
    rules: {
      "@typescript-eslint/consistent-type-imports": [
        "error",
        { fixStyle: "inline-type-imports", disallowTypeAnnotations: false },
      ],
      // A leading underscore says that a parameter is there for its place only.
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
    },
  },
  {
    // Rules that need types: a promise that nobody awaits loses its error.
    files: ["{backend,benchmarks}/src/**/*.ts", "plugins/*/src/**/*.ts"],
    ignores: ["**/src/admin/**"],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: false }],
    },
  },
  {
    files: ["**/src/admin/**", "e2e/**"],
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
  },
  {
    // Playwright tells a fixture's needs by its destructured parameter, also when there are none.
    files: ["e2e/**"],
    rules: { "no-empty-pattern": ["error", { allowObjectPatternsAsParameters: true }] },
  },
  {
    files: ["**/*.spec.ts", "**/integration-tests/**"],
    languageOptions: { globals: globals.jest },
  }
)
