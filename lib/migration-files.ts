import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/**
 * The files and folders under `db/` that a migration depends on: the migrations with their journal and rollbacks, the roles, the reference
 * data.
 */
const migrationFiles = ['migrations', 'roles.sql', 'reference-data']

const filesUnder = (path: string): string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name))
    : [path]

/** SHA-256, in hexadecimal, of the names and contents of all files that a migration depends on. It is the same on every machine. */
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

/** Needed in development only: drizzle-kit reads the snapshots, the bundler reads the code that loads reference data. */
const staysBehind = (path: string): boolean => path.endsWith('_snapshot.json') || path.endsWith('.ts')

/** Copies the files into a folder `db` beside a bundle, where its code reads them. */
export const copyMigrationFiles = (databaseFolder: string, bundleFolder: string): void => {
  for (const name of migrationFiles) {
    cpSync(join(databaseFolder, name), join(bundleFolder, 'db', name), { recursive: true, filter: path => !staysBehind(path) })
  }
}
