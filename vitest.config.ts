import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { findBrowser } from './test/support/browser.ts'

/** A part of the files covers a part of the code: whoever joins the reports of the parts holds them to the thresholds. */
const isShard = process.argv.some(argument => argument.startsWith('--shard'))

/** The tests of the pages need a browser. A machine without one runs all others, and says so; the checks before a release need all. */
const hasBrowser = findBrowser() !== undefined || process.env['CI'] !== undefined
if (!hasBrowser) process.emitWarning('There is no browser: the pages are not tested. Debian: apt-get install chromium-headless-shell.')

/** Projects that need the platform share its server, and what each file leaves behind. */
const onPlatform = {
  globalSetup: ['test/support/global-setup.ts'],
  setupFiles: ['test/support/restore-process.ts'],
  // Node parses the 180 kB package.json of drizzle-orm once per file of it: a second per test file. Bundled, it is one file.
  deps: { optimizer: { ssr: { enabled: true, include: ['drizzle-orm', 'drizzle-orm/pg-core', 'drizzle-orm/postgres-js'] } } },
}

export default defineConfig({
  test: {
    env: {
      TZ: 'UTC',
      POWERTOOLS_LOG_LEVEL: 'SILENT',
      POWERTOOLS_METRICS_DISABLED: 'true',
      POWERTOOLS_TRACE_ENABLED: 'false',
      // Not the file that a team edits: with every setting in prod, and with none in dev.
      NESTEGG_DEPLOYMENT_FILE: join(import.meta.dirname, 'test/support/deployment.json'),
    },
    reporters: ['default', './test/support/deadline.ts'],
    // Against tests that hang. A slow machine takes several times as long as a fast one.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    // More than the cores of a small machine: many tests wait for a database, a timer or another program.
    maxWorkers: 3,
    // The files of a process share what they import, which takes a second per file otherwise. Each file leaves the process as it found it.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'domain',
          include: ['test/domain/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'platform',
          include: ['test/**/*.test.ts'],
          exclude: ['test/domain/**', 'test/reference/**', 'test/web/**', 'node_modules/**'],
          ...onPlatform,
        },
      },
      ...(hasBrowser
        ? [
            {
              extends: true as const,
              test: { name: 'web', include: ['test/web/**/*.test.ts'], ...onPlatform },
            },
          ]
        : []),
    ],
    coverage: {
      include: ['domain/**/*.ts'],
      // What is compiled to WebAssembly, or run when tables are made, does not run as TypeScript in tests.
      exclude: ['**/*.generated.ts', '**/assembly/**', '**/generate-*.ts'],
      ...(isShard ? {} : { thresholds: { statements: 90, branches: 90, functions: 90, lines: 90 } }),
    },
  },
})
