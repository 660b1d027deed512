import { join } from 'node:path'
import { jobs } from '../../lambdas/jobs.ts'
import { routes } from '../../lambdas/routes.ts'
import { tasks } from '../../lambdas/tasks.ts'
import { bundle, projectFolders } from '../../lib/bundling.ts'
import { temporaryFolder } from '../lib/temporary-folder.ts'

let building: Promise<string> | undefined

/** The folder of all bundles, as a deployment builds them, built once per process. */
export const builtBundles = (): Promise<string> => {
  building ??= (async () => {
    const buildFolder = join(temporaryFolder(), 'build')
    await bundle({ ...projectFolders, buildFolder, handlers: [...routes, ...jobs, ...tasks] })
    return buildFolder
  })()
  return building
}
