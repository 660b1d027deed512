import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/reference/**', 'node_modules/**'],
    env: { TZ: 'UTC', POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true', POWERTOOLS_TRACE_ENABLED: 'false' },
    globalSetup: ['test/support/global-setup.ts'],
    reporters: ['default', './test/support/deadline.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    coverage: {
      include: ['domain/**/*.ts'],
      // What is compiled to WebAssembly, or run when tables are made, does not run as TypeScript in tests.
      exclude: ['**/*.generated.ts', '**/assembly/**', '**/generate-*.ts'],
      thresholds: { statements: 90, branches: 90, functions: 90, lines: 90 },
    },
  },
})
