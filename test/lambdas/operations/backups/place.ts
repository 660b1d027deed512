import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBackup, type CreatedBackup } from '../../../../lambdas/operations/backups/create-backup.ts'
import { type DataKeys, fileKeys } from '../../../../lambdas/operations/backups/keys.ts'
import { folderStore, type ObjectStore } from '../../../../lambdas/runtime/object-store.ts'
import { insertPlanning, makeHousehold } from '../../../db/household.ts'
import { asUser } from '../../../db/requests.ts'
import type { TestDatabase } from '../../../support/postgres.ts'

export interface TestPlace {
  readonly folder: string
  readonly keyFile: string
  readonly store: ObjectStore
  readonly keys: DataKeys
  readonly remove: () => void
}

/** A folder for backups, with a key file. */
export const makePlace = (): TestPlace => {
  const root = mkdtempSync(join(tmpdir(), 'nestegg-backups-test-'))
  const folder = join(root, 'store')
  const keyFile = join(root, 'keys', 'backup.key')
  const store = folderStore(folder)
  return { folder, keyFile, store, keys: fileKeys(keyFile, store), remove: () => rmSync(root, { recursive: true, force: true }) }
}

/** Rows of several domains: households with members and plans, audit rows, bars in partitions. */
export const fillDatabase = async (database: TestDatabase): Promise<void> => {
  const { householdId } = await makeHousehold(database)
  await asUser(database.connect('nestegg_write'), 'owner', transaction => insertPlanning(transaction, householdId))
  const operator = database.connect('nestegg_operator')
  await operator`select market.make_bar_partitions()`
}

export const backUp = (
  database: TestDatabase,
  { keys, store }: Pick<TestPlace, 'keys' | 'store'>,
  id: string = randomUUID(),
): Promise<CreatedBackup> => createBackup({ location: database.location, store, keys, id, reason: 'command', environment: 'local' })
