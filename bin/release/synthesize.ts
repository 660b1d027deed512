import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { jobs } from '../../lambdas/jobs.ts'
import { routes } from '../../lambdas/routes.ts'
import { tasks } from '../../lambdas/tasks.ts'
import { bundle, projectFolders } from '../../lib/bundling.ts'
import type { EnvironmentSettings } from '../../lib/environments.ts'
import { readFindings } from '../../lib/findings.ts'
import { offlineApp } from '../../lib/offline-app.ts'
import { addNestegg } from '../app.ts'

const template = z.looseObject({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), DeletionPolicy: z.string().optional() })),
})
export type Template = z.infer<typeof template>

/** Reads a template from its JSON. */
export const parseTemplate = (text: string): Template => template.parse(JSON.parse(text))

export interface Synthesis {
  /** The folder that the CDK's own program deploys from. */
  readonly folder: string
  /** The number of unacknowledged findings of the validators, which have printed them. */
  readonly findings: number
  /** The text of each template, by the name of its stack. Empty if there are findings. */
  readonly templates: ReadonlyMap<string, string>
  /** The oldest version of the CDK's stack in the account (`CDKToolkit`) that can deploy the templates. */
  readonly bootstrapVersion: number
}

/** Builds the bundles, and writes the templates of an environment to `cdk.out/<environment>`. */
export const synthesize = async (settings: EnvironmentSettings): Promise<Synthesis> => {
  await bundle({ ...projectFolders, handlers: [...routes, ...jobs, ...tasks] })
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
