import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { jobs } from '../../lambdas/jobs.ts'
import { routes } from '../../lambdas/routes.ts'
import { tasks } from '../../lambdas/tasks.ts'
import { bundle, projectFolders } from '../../lib/bundling.ts'
import type { EnvironmentName } from '../../lib/deployment.ts'
import { synthesize } from '../lib/synthesized.ts'
import { temporaryFolder } from '../lib/temporary-folder.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder that all processes of this test run share, removed at its end. Undefined in watch mode, where the sources change. */
    runFolder: string | undefined
  }
}

const runFolder = async (): Promise<string> =>
  (process.env['VITEST'] === undefined ? undefined : (await import('vitest')).inject('runFolder')) ?? temporaryFolder()

/** Makes the bundles and the templates as a deployment does. */
const make = async (environment: EnvironmentName, folder: string): Promise<void> => {
  const buildFolder = join(folder, 'build')
  await bundle({ ...projectFolders, buildFolder, handlers: [...routes, ...jobs, ...tasks] })
  cpSync(synthesize(environment, { buildFolder }).outputFolder, join(folder, 'assembly'), { recursive: true })
}

/**
 * The folder of an environment's cloud assembly: its templates, and the bundles as they are uploaded. Made once per test run, by the first
 * process that asks; the others wait for it.
 */
export const assemblyOf = async (environment: EnvironmentName): Promise<string> => {
  const folder = join(await runFolder(), environment)
  const [done, failed] = [join(folder, 'done'), join(folder, 'failed')]
  if (mkdirSync(folder, { recursive: true }) === undefined) {
    while (!existsSync(done)) {
      if (existsSync(failed)) throw new Error(readFileSync(failed, 'utf8'))
      await wait(100)
    }
  } else {
    try {
      await make(environment, folder)
      writeFileSync(done, '')
    } catch (error) {
      writeFileSync(failed, String(error))
      throw error
    }
  }
  return join(folder, 'assembly')
}
