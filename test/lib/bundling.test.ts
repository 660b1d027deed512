import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { jobs } from '../../lambdas/jobs.ts'
import { routes } from '../../lambdas/routes.ts'
import { tasks } from '../../lambdas/tasks.ts'
import { type Bundle, bundle, deploymentHandlers, projectFolders } from '../../lib/bundling.ts'
import { temporaryFolder } from './temporary-folder.ts'

const run = promisify(execFile)
const handlers = [...routes, ...jobs, ...tasks]

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .toSorted()

/** The size of a file and of the chunks that it imports. */
const loadedBytes = (file: string, seen = new Set<string>()): number => {
  if (seen.has(file)) return 0
  seen.add(file)
  const text = readFileSync(file, 'utf8')
  const chunks = [...text.matchAll(/(?:from|import) *"(\.\/[^"]+\.mjs)"/g)].map(([, chunk]) => join(dirname(file), chunk!))
  return Buffer.byteLength(text) + chunks.reduce((sum, chunk) => sum + loadedBytes(chunk, seen), 0)
}

/** The exports of each function by the name of its bundle, as Node finds them when it imports the file. */
const importAll = async (files: readonly string[]): Promise<Record<string, string[]>> => {
  const program = `const exports = {}
    for (const file of ${JSON.stringify(files)}) exports[file] = Object.keys(await import(file)).sort()
    process.stdout.write(JSON.stringify(exports))`
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], { env: { AWS_REGION: 'eu-central-1' } })
  return z.record(z.string(), z.array(z.string())).parse(JSON.parse(stdout))
}

describe('the bundles', () => {
  const buildFolder = join(temporaryFolder(), 'build')
  let bundles: Bundle[]
  beforeAll(async () => {
    bundles = await bundle({ ...projectFolders, buildFolder, handlers })
  })

  it('contain every route, job, task and migration handler, one folder per domain', () => {
    const built = bundles.flatMap(({ domain, handlers }) => handlers.map(name => `${domain}/${name}`))
    expect(built.toSorted()).toEqual([...handlers, ...deploymentHandlers].map(({ domain, name }) => `${domain}/${name}`).toSorted())
  })

  it('can each be imported by Node, and export what Lambda calls', async () => {
    const files = bundles.flatMap(({ domain, handlers }) => handlers.map(name => join(buildFolder, domain, `${name}.mjs`)))
    const exports = await importAll(files)
    const expected = files.map(file => [file, basename(file) === 'migrate-database.mjs' ? ['isComplete', 'onEvent'] : ['handler']])
    expect(exports).toEqual(Object.fromEntries(expected))
  })

  it('contain neither a path of the machine that built them nor the sources', () => {
    const scripts = filesOf(buildFolder).filter(file => file.endsWith('.mjs'))
    expect(scripts.filter(file => readFileSync(file, 'utf8').includes(projectFolders.handlersFolder))).toEqual([])
    expect(scripts.filter(file => 'sourcesContent' in JSON.parse(readFileSync(`${file}.map`, 'utf8')))).toEqual([])
  })

  it('contain the worker threads that handlers start', () => {
    expect(filesOf(buildFolder)).toContain(join(buildFolder, 'planning', 'shard-worker.mjs'))
  })

  it('make each function load less than 2 MB, so that cold starts are fast', () => {
    const loaded = bundles.flatMap(({ domain, handlers }) =>
      handlers.map(name => ({ name: `${domain}/${name}`, bytes: loadedBytes(join(buildFolder, domain, `${name}.mjs`)) })),
    )
    expect(loaded.length).toBeGreaterThan(100)
    expect(loaded.filter(({ bytes }) => bytes >= 2_000_000)).toEqual([])
    expect(bundles.filter(({ sizeBytes }) => sizeBytes >= 4_000_000)).toEqual([])
  })

  it('contain the migrations, their journal, their rollbacks and the roles in the operations folder, and no snapshots', () => {
    const shipped = join(buildFolder, 'operations', 'db')
    const journal = z
      .object({ entries: z.array(z.object({ tag: z.string() })) })
      .parse(JSON.parse(readFileSync(join(shipped, 'migrations/meta/_journal.json'), 'utf8')))
    const files = journal.entries.flatMap(({ tag }) => [`migrations/${tag}.sql`, `migrations/rollback/${tag}.sql`])
    expect([...files, 'roles.sql'].filter(file => !existsSync(join(shipped, file)))).toEqual([])
    expect(files).not.toEqual([])
    expect(filesOf(shipped).filter(file => /_snapshot\.json$|\.ts$/.test(file))).toEqual([])
  })

  it('have the same bytes each time', async () => {
    const again = join(temporaryFolder(), 'build')
    await bundle({ ...projectFolders, buildFolder: again, handlers })
    const fingerprint = (folder: string) =>
      filesOf(folder).map(file => `${file.slice(folder.length)} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`)
    expect(fingerprint(again)).toEqual(fingerprint(buildFolder))
  })
})
