import { globSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { jobs } from '../lambdas/jobs.ts'
import { routes } from '../lambdas/routes.ts'
import { tasks } from '../lambdas/tasks.ts'
import { handlerPath } from '../lambdas/runtime/handler-path.ts'
import type { Domain } from '../lambdas/runtime/route.ts'
import { copyMigrationFiles } from './migration-files.ts'

export interface Bundled {
  readonly domain: Domain
  readonly name: string
}

export interface BundlingProps {
  /** The routes, jobs and tasks. The handler of each is `<handlersFolder>/<domain>/handlers/<name>.ts`. */
  readonly handlers: readonly Bundled[]
  readonly handlersFolder: string
  readonly databaseFolder: string
  /** Emptied first; receives one folder per domain. */
  readonly buildFolder: string
}

export interface Bundle {
  readonly domain: string
  readonly handlers: readonly string[]
  readonly sizeBytes: number
}

const project = join(import.meta.dirname, '..')

/** The folders of the project's handlers, database files, bundles, and built web application. */
export const projectFolders = {
  handlersFolder: join(project, 'lambdas'),
  databaseFolder: join(project, 'db'),
  buildFolder: join(project, 'build'),
  webFolder: join(project, 'build', 'web'),
}

/** The handlers that only a deployment starts: they migrate the database and publish the web application. */
export const deploymentHandlers: readonly Bundled[] = [
  { domain: 'operations', name: 'migrate-database' },
  { domain: 'operations', name: 'apply-migrations' },
  { domain: 'operations', name: 'publish-web' },
]

/** The script of the canary in the folder of the bundles. */
export const canaryScript = join('canary', 'index.js')

/** One file of CommonJS, which CloudWatch Synthetics gets as a text: it runs an older Node, and knows no chunks. */
const bundleCanary = (buildFolder: string) =>
  build({
    entryPoints: [join(project, 'lambdas/operations/canary.ts')],
    outfile: join(buildFolder, canaryScript),
    absWorkingDir: project,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    logLevel: 'warning',
  })

/**
 * CommonJS packages inside an ES module still call `require`. The name is long so that it differs from the short names of the minifier,
 * which does not see this line.
 */
const banner = `import{createRequire as nesteggCreateRequire}from'node:module';const require=nesteggCreateRequire(import.meta.url);`

/**
 * Builds the handlers of every domain, and the threads that they start (`*-worker.ts`), in one pass. Shared code is written once, and
 * each domain is one asset. The AWS SDK is bundled: its version is then fixed, and it starts faster than the runtime's copy. The same
 * sources give the same bytes on every machine.
 */
export const bundle = async ({ handlers, handlersFolder, databaseFolder, buildFolder }: BundlingProps): Promise<Bundle[]> => {
  rmSync(buildFolder, { recursive: true, force: true })
  const domains = [...Map.groupBy([...handlers, ...deploymentHandlers], handler => handler.domain)]
  const threadsOf = (domain: string) => globSync('*-worker.ts', { cwd: join(handlersFolder, domain) })
  const bundles = await Promise.all(
    domains.map(async ([domain, members]) => {
      const { metafile } = await build({
        entryPoints: [...members.map(member => `${handlerPath(member)}.ts`), ...threadsOf(domain).map(file => join(domain, file))].map(
          file => join(handlersFolder, file),
        ),
        outdir: join(buildFolder, domain),
        absWorkingDir: project,
        entryNames: '[name]',
        chunkNames: 'shared-[hash]',
        outExtension: { '.js': '.mjs' },
        bundle: true,
        splitting: true,
        format: 'esm',
        platform: 'node',
        target: 'node24',
        mainFields: ['module', 'main'],
        alias: { 'node-html-better-parser': join(import.meta.dirname, 'no-html-parser.ts') },
        minify: true,
        keepNames: true,
        sourcemap: true,
        sourcesContent: false,
        metafile: true,
        logLevel: 'warning',
        banner: { js: banner },
      })
      const sizeBytes = Object.entries(metafile.outputs)
        .filter(([path]) => path.endsWith('.mjs'))
        .reduce((total, [, output]) => total + output.bytes, 0)
      return { domain, handlers: members.map(({ name }) => name), sizeBytes }
    }),
  )
  await bundleCanary(buildFolder)
  copyMigrationFiles(databaseFolder, join(buildFolder, 'operations'))
  return bundles.toSorted((a, b) => (a.domain < b.domain ? -1 : 1))
}

if (import.meta.main) {
  console.table(await bundle({ ...projectFolders, handlers: [...routes, ...jobs, ...tasks] }), ['domain', 'sizeBytes'])
}
