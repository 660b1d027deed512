import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { jobs } from '../lambdas/jobs.ts'
import { routes } from '../lambdas/routes.ts'
import { tasks } from '../lambdas/tasks.ts'
import { bundle, projectFolders } from '../lib/bundling.ts'
import { type EnvironmentSettings, environmentNames, environmentSettings, UnknownEnvironment } from '../lib/environments.ts'
import { readFindings } from '../lib/findings.ts'
import { offlineApp } from '../lib/offline-app.ts'
import { addNestegg } from './app.ts'

const project = join(import.meta.dirname, '..')
const template = z.object({ Resources: z.record(z.string(), z.unknown()) })

/**
 * Writes the templates of an environment to `cdk.out/<environment>`. The validators print their findings.
 * @returns the number of unacknowledged findings.
 */
const synthesize = (settings: EnvironmentSettings): number => {
  const outdir = join(project, 'cdk.out', settings.name)
  rmSync(outdir, { recursive: true, force: true })
  const app = offlineApp(outdir)
  addNestegg(app, { settings, routes, jobs, ...projectFolders })
  try {
    const { stacks } = app.synth()
    console.table(
      stacks.map(stack => {
        const text = readFileSync(stack.templateFullPath, 'utf8')
        return {
          stack: stack.stackName,
          resources: Object.keys(template.parse(JSON.parse(text)).Resources).length,
          templateBytes: Buffer.byteLength(text),
        }
      }),
    )
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ValidationFailed')) throw error
  }
  return readFindings(outdir).length
}

const main = async (environment: string | undefined): Promise<number> => {
  let settings: EnvironmentSettings
  try {
    settings = environmentSettings(environment)
  } catch (error) {
    if (!(error instanceof UnknownEnvironment)) throw error
    console.error(`${error.message}\nUsage: npm run synth -- ${environmentNames.join('|')}`)
    return 2
  }
  await bundle({ ...projectFolders, handlers: [...routes, ...jobs, ...tasks] })
  const findings = synthesize(settings)
  if (findings > 0) {
    console.error(`\n${settings.name} has ${findings} findings: fix them, or acknowledge them with a reason where the construct is made.`)
    return 1
  }
  console.log(`The templates of ${settings.name} are in cdk.out/${settings.name}.`)
  return 0
}

process.exitCode = await main(process.argv[2])
