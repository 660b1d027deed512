import { createHash } from 'node:crypto'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'vite'

const project = join(import.meta.dirname, '..')

/** Everything that the built pages are made from, besides the installed packages, which the lock file names. */
const sources = ['web/**/*.{ts,tsx,css,html,svg,webmanifest,png}', 'domain/charts/**/*.ts', 'package-lock.json']

const fingerprint = (): string => {
  const hash = createHash('sha256')
  for (const file of globSync(sources, { cwd: project }).toSorted((left, right) => left.localeCompare(right, 'en')))
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(project, file)))
  return hash.digest('hex')
}

const readText = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** The folder of the built pages on this machine. */
export const webFolder = join(project, '.cache/web')

/** Builds the web application into a folder, which is emptied first. */
export const buildWeb = async (folder: string): Promise<void> => {
  const { NODE_ENV } = process.env
  // React and Vite read it. A test runner has set it to `test`, and the pages are the same everywhere.
  process.env['NODE_ENV'] = 'production'
  try {
    await build({ configFile: join(project, 'web/vite.config.ts'), logLevel: 'warn', build: { outDir: folder } })
  } finally {
    if (NODE_ENV === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = NODE_ENV
  }
}

/** Builds the web application unless the folder was built from the same sources. Returns whether it was built. */
export const buildChangedWeb = async (folder: string = webFolder): Promise<boolean> => {
  const mark = join(dirname(folder), 'web.sha256')
  const wanted = fingerprint()
  if (readText(mark) === wanted && readText(join(folder, 'index.html')) !== undefined) return false
  await buildWeb(folder)
  mkdirSync(dirname(mark), { recursive: true })
  writeFileSync(mark, wanted)
  return true
}
