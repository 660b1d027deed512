import { defineConfig } from 'vitest/config'

/** Checks against published figures that are kept beside the project, not in it: NESTEGG_REFERENCE names the folder. */
export default defineConfig({
  test: {
    include: ['test/reference/**/*.test.ts'],
    env: { TZ: 'UTC' },
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
