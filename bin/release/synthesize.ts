import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { jobs } from '../../lambdas/jobs.ts'
import { routes } from '../../lambdas/routes.ts'
import { tasks } from '../../lambdas/tasks.ts'
import { bundle, projectFolders } from '../../lib/bundling.ts'
import type { EnvironmentSettings } from '../../lib/environments.ts'
import { readFindings } from '../../lib/findings.ts'
import { offlineApp } from '../../lib/offline-app.ts'
import { buildWeb } from '../../web/build.ts'
import { addNestegg } from '../app.ts'
import type { Synthesis } from './context.ts'

/** Builds the bundles and the web application, and writes the templates of an environment to `cdk.out/<environment>`. */
export const synthesize = async (settings: EnvironmentSettings): Promise<Synthesis> => {
  await bundle({ ...projectFolders, handlers: [...routes, ...jobs, ...tasks] })
  await buildWeb(projectFolders.webFolder)
  const folder = join(import.meta.dirname, '../../cdk.out', settings.name)
  rmSync(folder, { recursive: true, force: true })
  const app = offlineApp(folder)
  addNestegg(app, { settings, routes, jobs, ...projectFolders })
  try {
    const { stacks } = app.synth()
    return {
      folder,
      findings: readFindings(folder).length,
      templates: new Map(stacks.map(stack => [stack.stackName, readFileSync(stack.templateFullPath, 'utf8')])),
      bootstrapVersion: Math.max(...stacks.map(({ requiresBootstrapStackVersion = 0 }) => requiresBootstrapStackVersion)),
    }
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ValidationFailed')) throw error
    return { folder, findings: readFindings(folder).length, templates: new Map(), bootstrapVersion: 0 }
  }
}
