import { InvokeStore } from '@aws/lambda-invoke-store'
import { afterAll, vi } from 'vitest'

// A file that calls AWS before any handler is loaded would make the process keep one invocation at a time, for all files after it.
await InvokeStore.getInstanceAsync(true)

// The files of a process share its environment, its globals and what they import: each leaves them as it found them.
const environment = { ...process.env }
afterAll(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name]
  Object.assign(process.env, environment)
})
