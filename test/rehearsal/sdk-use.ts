import { globSync } from 'node:fs'
import { basename, isAbsolute, join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { handlerPath } from '../../lambdas/runtime/handler-path.ts'
import { projectFolders } from '../../lib/bundling.ts'
import type { DeployedFunction } from './deployed.ts'

/** What the code of a handler can do with the AWS SDK. */
export interface SdkUse {
  /** The commands that it can send, such as `rds-data ExecuteStatement`. */
  readonly commands: readonly string[]
  /** It signs tokens for the database. */
  readonly signsTokens: boolean
}

const project = join(import.meta.dirname, '../..')
/** The packages that say which commands are sent. All others are left aside. */
const readPackages = /^@aws-sdk\/(client-[\w-]+|lib-storage|rds-signer)$/
const commandFile = /@aws-sdk\/client-([\w-]+)\/dist-es\/commands\/(\w+)Command\.js$/
const signerFile = /@aws-sdk\/rds-signer\/dist-es\/Signer\.js$/

/** `<domain>/<file>.<export>`: one handler. A file of handlers may have several. */
const handlerId = ({ domain, handler }: DeployedFunction): string => `${domain}/${handler}`

/** An entry point for each handler, without the packages that send no commands. */
const onlyCommands: Plugin = {
  name: 'only-commands',
  setup: bundling => {
    bundling.onResolve({ filter: /^handler:/ }, ({ path }) => ({ path: path.slice('handler:'.length), namespace: 'handler' }))
    bundling.onLoad({ filter: /.*/, namespace: 'handler' }, ({ path }) => {
      const [, domain = '', name = '', exported = ''] = /^([^/]+)\/(.+)\.(\w+)$/.exec(path) ?? []
      const file = join(projectFolders.handlersFolder, `${handlerPath({ domain, name })}.ts`)
      return { contents: `export { ${exported} } from ${JSON.stringify(file)}`, resolveDir: project }
    })
    bundling.onResolve({ filter: /^[^.]/ }, ({ kind, path }) =>
      kind === 'entry-point' || isAbsolute(path) || readPackages.test(path) ? undefined : { path, external: true },
    )
  },
}

/**
 * The commands that each handler can send, by `<domain>/<file>.<export>`, and those of the worker threads, by `<domain>/<file>`.
 *
 * The bundles of a domain share chunks, and a chunk may hold a command that only another handler sends. So each handler is bundled once
 * more, alone, from the file that its own bundle is made from: esbuild then leaves out what this handler cannot reach, function by
 * function. Every command of the SDK is a file of its own, and those that remain are counted. Only packages other than the SDK's clients
 * are left aside; `facts/sdk-use.ts` compares the result with the built bundles, so that no command of a package can hide.
 */
export const findSdkUse = async (functions: readonly DeployedFunction[]): Promise<ReadonlyMap<string, SdkUse>> => {
  const ids = [...new Set(functions.filter(({ domain }) => domain !== undefined).map(handlerId))]
  const workers = globSync('*/*-worker.ts', { cwd: projectFolders.handlersFolder })
  const { metafile } = await build({
    entryPoints: [
      ...ids.map(id => ({ in: `handler:${id}`, out: id })),
      ...workers.map(file => ({ in: join(projectFolders.handlersFolder, file), out: file.replace(/\.ts$/, '') })),
    ],
    absWorkingDir: project,
    outdir: join(project, 'build'),
    write: false,
    minify: true,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    metafile: true,
    logLevel: 'warning',
    plugins: [onlyCommands],
  })
  return new Map(
    Object.entries(metafile.outputs).map(([path, { inputs }]) => {
      const kept = Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : []))
      const commands = kept.flatMap(file => {
        const [, client, command] = commandFile.exec(file) ?? []
        return command === undefined || sentByClients.has(command) ? [] : [`${client} ${command}`]
      })
      const id = path.replace(/^build\//, '').replace(/\.js$/, '')
      return [id, { commands: commands.toSorted(), signsTokens: kept.some(file => signerFile.test(file)) }] as const
    }),
  )
}

export const sdkUseOf = (use: ReadonlyMap<string, SdkUse>, lambda: DeployedFunction): SdkUse => {
  const found = use.get(handlerId(lambda))
  if (found === undefined) throw new Error(`The SDK use of ${handlerId(lambda)} is not known.`)
  return found
}

/**
 * The commands that the clients of the SDK send by themselves: those that fetch credentials, which Lambda gives by environment variables,
 * and two of S3, for directory buckets and for buckets of other Regions, which no function uses.
 */
export const sentByClients: ReadonlySet<string> = new Set([
  'CreateSession',
  'HeadBucket',
  ...globSync('node_modules/@aws-sdk/nested-clients/dist-es/submodules/*/commands/*Command.js', { cwd: project }).map(file =>
    basename(file, 'Command.js'),
  ),
])
