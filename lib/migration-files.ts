import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** What a migration depends on, under `db/`: the migrations with their journal and ways back, the roles, the reference data. */
const migrationFiles = ['migrations', 'roles.sql', 'reference-data']

const filesUnder = (path: string): string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name))
    : [path]

/** SHA-256, in hexadecimal, over names and contents of all that a migration depends on, the same on every machine. */
export const hashMigrationFiles = (databaseFolder: string): string => {
  const hash = createHash('sha256')
  const files = migrationFiles
    .flatMap(name => filesUnder(join(databaseFolder, name)))
    .map(path => ({ path, name: relative(databaseFolder, path).split(sep).join('/') }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  for (const { path, name } of files) {
    const contents = readFileSync(path)
    hash.update(`${name}\0${contents.length}\0`).update(contents)
  }
  return hash.digest('hex')
}

/** Only their readers in development need these: drizzle-kit its snapshots, the bundler the code that loads reference data. */
const staysBehind = (path: string): boolean => path.endsWith('_snapshot.json') || path.endsWith('.ts')

/** Puts the files into a folder `db` beside a bundle, where its code looks for them. */
export const copyMigrationFiles = (databaseFolder: string, bundleFolder: string): void => {
  for (const name of migrationFiles) {
    cpSync(join(databaseFolder, name), join(bundleFolder, 'db', name), { recursive: true, filter: path => !staysBehind(path) })
  }
}
