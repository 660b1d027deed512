import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { App } from 'aws-cdk-lib'
import * as z from 'zod'
import { addNestegg, type Nestegg } from '../../bin/app.ts'
import { jobs } from '../../lambdas/jobs.ts'
import { routes } from '../../lambdas/routes.ts'
import { domains } from '../../lambdas/runtime/route.ts'
import { canaryScript, projectFolders } from '../../lib/bundling.ts'
import type { EnvironmentName } from '../../lib/deployment.ts'
import { environmentSettings } from '../../lib/environments.ts'
import { offlineApp } from '../../lib/offline-app.ts'
import { webRelease } from '../support/web-release.ts'
import { temporaryFolder } from './temporary-folder.ts'

const template = z.object({
  Outputs: z.record(z.string(), z.object({ Value: z.unknown(), Export: z.unknown().optional() })).default({}),
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).default({}),
      DependsOn: z.array(z.string()).default([]),
      DeletionPolicy: z.string().optional(),
      UpdateReplacePolicy: z.string().optional(),
    }),
  ),
})
export type Template = z.infer<typeof template>

export interface Resource {
  readonly stack: string
  readonly id: string
  readonly type: string
  readonly properties: Readonly<Record<string, unknown>>
  readonly dependsOn: readonly string[]
  readonly deletionPolicy: string | undefined
}

export interface Synthesized {
  readonly app: App
  readonly outputFolder: string
  /** Templates by the name of the stack without the environment: `routes-planning`. */
  readonly templates: ReadonlyMap<string, Template>
  /** The resources of one type, in all stacks or in one of them. */
  readonly resources: (type: string, stack?: string) => Resource[]
}

/** Empty bundles: a template contains only the hash of a bundle. */
const emptyBundles = (): string => {
  const folder = temporaryFolder()
  for (const domain of domains) {
    mkdirSync(join(folder, domain))
    writeFileSync(join(folder, domain, 'empty.mjs'), '')
  }
  mkdirSync(join(folder, 'canary'))
  writeFileSync(join(folder, canaryScript), 'exports.handler = async () => undefined')
  return folder
}

/** The app of an environment with the project's own tables, or with others, not synthesized yet. */
export const appOf = (name: EnvironmentName, changes: Partial<Nestegg> = {}): { readonly app: App; readonly outputFolder: string } => {
  const outputFolder = temporaryFolder()
  const app = offlineApp(outputFolder)
  addNestegg(app, {
    settings: environmentSettings(name),
    routes,
    jobs,
    buildFolder: emptyBundles(),
    databaseFolder: projectFolders.databaseFolder,
    webFolder: webRelease(),
    ...changes,
  })
  return { app, outputFolder }
}

/** Synthesizes an environment. Throws if a validator finds anything. */
export const synthesize = (name: EnvironmentName, changes: Partial<Nestegg> = {}): Synthesized => {
  const { app, outputFolder } = appOf(name, changes)
  const { stacks } = app.synth()
  const templates = new Map(stacks.map(stack => [stack.stackName.replace(`nestegg-${name}-`, ''), template.parse(stack.template)]))
  const all = [...templates].flatMap(([stack, { Resources }]) =>
    Object.entries(Resources).map(([id, resource]) => ({
      stack,
      id,
      type: resource.Type,
      properties: resource.Properties,
      dependsOn: resource.DependsOn,
      deletionPolicy: resource.DeletionPolicy,
    })),
  )
  const resources = (type: string, stack?: string): Resource[] =>
    all.filter(resource => resource.type === type && (stack === undefined || resource.stack === stack))
  return { app, outputFolder, templates, resources }
}

const synthesized = new Map<EnvironmentName, Synthesized>()

/** The templates of an environment, synthesized once per process. */
export const environment = (name: EnvironmentName): Synthesized => {
  const known = synthesized.get(name) ?? synthesize(name)
  synthesized.set(name, known)
  return known
}

/** The value at that path in JSON, or undefined. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined), value)

/** The only resource of its type. */
export const only = (resources: readonly Resource[]): Resource => {
  const [resource, ...others] = resources
  if (resource === undefined || others.length > 0) throw new Error(`One resource is expected; ${resources.length} are there.`)
  return resource
}

/** The function of a route, a job or a task. */
export const handlerOf = (
  { resources }: Synthesized,
  { domain, name }: { readonly domain: string; readonly name: string },
  stack?: string,
): Resource =>
  only(
    resources('AWS::Lambda::Function', stack).filter(
      ({ properties }) =>
        properties['Handler'] === `${name}.handler` && at(properties, 'Environment', 'Variables', 'POWERTOOLS_SERVICE_NAME') === domain,
    ),
  )
