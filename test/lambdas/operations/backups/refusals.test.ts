import { randomBytes, randomUUID } from 'node:crypto'
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileKeys } from '../../../../lambdas/operations/backups/keys.ts'
import { type Manifest, manifestKey, readManifest, storeManifest } from '../../../../lambdas/operations/backups/manifest.ts'
import { compareWithManifest, withRestored } from '../../../../lambdas/operations/backups/restore-backup.ts'
import { folderStore } from '../../../../lambdas/runtime/object-store.ts'
import { createTestDatabase } from '../../../support/postgres.ts'
import { backUp, fillDatabase, makePlace } from './place.ts'

const database = await createTestDatabase()
const original = makePlace()
let manifest: Manifest
beforeAll(async () => {
  await fillDatabase(database)
  manifest = (await backUp(database, original)).manifest
})
afterAll(async () => {
  await database.drop()
  original.remove()
})

interface Copy {
  /** The folder of the backup. */
  readonly folder: string
  readonly keyFile: string
  readonly rows: (table: string) => string
}

/** Restores a changed copy of the backup, which must fail: returns the message. */
const messageOfRestore = async (change: (copy: Copy) => unknown): Promise<string> => {
  const place = makePlace()
  try {
    cpSync(original.folder, place.folder, { recursive: true })
    cpSync(dirname(original.keyFile), dirname(place.keyFile), { recursive: true })
    const folder = join(place.folder, 'backups', manifest.id)
    await change({ folder, keyFile: place.keyFile, rows: table => join(folder, `${table}.rows`) })
    const restored = withRestored({ location: database.location, backupId: manifest.id, ...place }, async () => 'restored')
    return await restored.then(String, (error: Error) => `${error.name}: ${error.message}`)
  } finally {
    place.remove()
  }
}

const flipBit = (path: string): void => {
  const bytes = readFileSync(path)
  bytes[Math.floor(bytes.length / 2)]! ^= 4
  writeFileSync(path, bytes)
}

/** Signs another manifest, as only who has the key can. */
const signAgain = async ({ folder, keyFile }: Copy, changed: Partial<Manifest>): Promise<void> => {
  const store = folderStore(join(folder, '..', '..'))
  const key = await fileKeys(keyFile, store).read(manifest.id)
  await store.delete(manifestKey(manifest.id))
  await storeManifest(store, key, { ...manifest, ...changed })
}

const refusals: readonly (readonly [string, (copy: Copy) => unknown, RegExp])[] = [
  [
    'the key file of another platform',
    ({ keyFile }) => writeFileSync(keyFile, randomBytes(32).toString('base64')),
    /^KeyRefused: The key file .* is not the one with which the backup .* was made/,
  ],
  ['a missing key file', ({ keyFile }) => rmSync(keyFile), /^KeyRefused: The key file .* is missing/],
  ['a key file without a key', ({ keyFile }) => writeFileSync(keyFile, 'short'), /^KeyRefused: .* does not hold a key of 32 bytes/],
  ['a missing key of the backup', ({ folder }) => rmSync(join(folder, 'key')), /^KeyRefused: The backup .* has no key in the store/],
  ['a flipped bit in the rows of a table', ({ rows }) => flipBit(rows('planning.plans')), /^SealBroken: Frame 0 is changed/],
  ['a flipped bit in the key', ({ folder }) => flipBit(join(folder, 'key')), /^KeyRefused/],
  ['a missing file', ({ rows }) => rmSync(rows('identity.users')), /identity\.users\.rows is missing/],
  ['an extra file', ({ rows }) => writeFileSync(rows('identity.more'), 'more'), /identity\.more\.rows does not belong to the backup/],
  ['a shorter file', ({ rows }) => writeFileSync(rows('identity.users'), ''), /identity\.users\.rows has 0 bytes instead of/],
  [
    'rows of one table under the name of another one',
    ({ rows }) => {
      const size = (name: string) => readFileSync(rows(name)).length
      const empty = manifest.relations.filter(({ rows: count }) => count === 0).map(({ name }) => name)
      const [one, other] = empty.filter(name => size(name) === size(empty[0]!))
      renameSync(rows(one!), rows('kept'))
      renameSync(rows(other!), rows(one!))
      renameSync(rows('kept'), rows(other!))
    },
    /^SealBroken/,
  ],
  ['a missing manifest', ({ folder }) => rmSync(join(folder, 'manifest.json')), /^BackupRefused: .* has no manifest: it was not finished/],
  [
    'an unreadable manifest',
    ({ folder }) => writeFileSync(join(folder, 'manifest.json'), '{'),
    /^BackupRefused: The manifest is not readable/,
  ],
  [
    'an edited manifest',
    ({ folder }) => {
      const path = join(folder, 'manifest.json')
      writeFileSync(path, readFileSync(path, 'utf8').replace('planning.plans', 'planning.plots'))
    },
    /^BackupRefused: The signature of the manifest is not valid/,
  ],
  ['a manifest of another backup', copy => signAgain(copy, { id: randomUUID() }), /^BackupRefused: .* has no manifest/],
  [
    'a migration that this code does not have',
    copy => signAgain(copy, { migrations: [...manifest.migrations, { tag: '0099_future', hash: '0'.repeat(64) }] }),
    /^OtherSchema: The backup was made after the migration 0099_future/,
  ],
  [
    'a changed migration',
    copy =>
      signAgain(copy, { migrations: manifest.migrations.map((each, index) => (index === 2 ? { ...each, hash: '0'.repeat(64) } : each)) }),
    /^OtherSchema: The migration 0002_operations has been changed since/,
  ],
  [
    'another number of rows',
    copy =>
      signAgain(copy, {
        relations: manifest.relations.map(each => (each.name === 'identity.users' ? { ...each, rows: each.rows + 1 } : each)),
      }),
    /^BackupRefused: The rows of identity\.users are not those of the manifest/,
  ],
  [
    'a table that the migrations do not make',
    copy => signAgain(copy, { relations: manifest.relations.filter(({ name }) => name !== 'identity.users') }),
    /identity\.users\.rows does not belong to the backup/,
  ],
]

describe('a restore refuses', () => {
  it.each(refusals)('%s', async (_, change, message) => {
    expect(await messageOfRestore(change)).toMatch(message)
    expect(await compareWithManifest(database.location, manifest)).toEqual([])
  })
})

it('reads the manifest of the unchanged backup', async () => {
  const key = await original.keys.read(manifest.id)
  expect(await readManifest(original.store, key, manifest.id)).toEqual(manifest)
})

it('shows nothing of the data to who reads the store', () => {
  const files = ['identity.users', 'planning.plans', 'operations.audit_logs_default'].map(name =>
    readFileSync(join(original.folder, 'backups', manifest.id, `${name}.rows`)),
  )
  for (const bytes of files) expect(bytes.includes('Home') || bytes.includes('owner') || bytes.includes('Plan')).toBe(false)
})
