import { defineConfig } from 'vitest/config'

/** Checks against published figures that are kept beside the project, not in it: NESTEGG_REFERENCE names the folder. */
export default defineConfig({
  test: {
    include: ['test/reference/**/*.test.ts'],
    env: { TZ: 'UTC', POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true', POWERTOOLS_TRACE_ENABLED: 'false' },
    globalSetup: ['test/support/global-setup.ts'],
    reporters: ['default', './test/support/deadline.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
