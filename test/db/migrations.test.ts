import { afterAll, expect, it } from 'vitest'
import { migrate, readMigrations, rollback } from '../../db/migrate/index.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { readCatalogue } from './catalogue.ts'
import { copyMigrations } from './migrations-folder.ts'

const database = await createTestDatabase({ empty: true })
afterAll(() => database.drop())

const noBackup = async () => undefined

it('can be applied, rolled back one by one, and applied again to the same catalogue', async () => {
  const sql = database.connect('postgres')
  const count = readMigrations().length
  const catalogues = [await readCatalogue(sql)]
  for (let entries = 1; entries <= count; entries++) {
    const { folder, remove } = copyMigrations({ entries })
    await migrate(database.location, { backup: noBackup, folder })
    remove()
    catalogues.push(await readCatalogue(sql))
  }
  expect(catalogues.at(-1)?.['relations']?.length).toBeGreaterThan(10)
  for (let entries = count - 1; entries >= 0; entries--) {
    await rollback(database.location, 1, { backup: noBackup })
    expect(await readCatalogue(sql)).toEqual(catalogues[entries])
  }
  await migrate(database.location, { backup: noBackup })
  expect(await readCatalogue(sql)).toEqual(catalogues[count])
}, 90_000)
