import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../../../../db/connections.ts'
import { compareWithManifest, withRestored } from '../../../../lambdas/operations/backups/restore-backup.ts'
import { readCatalogue } from '../../../db/catalogue.ts'
import { createTestDatabase } from '../../../support/postgres.ts'
import { backUp, fillDatabase, makePlace } from './place.ts'

const database = await createTestDatabase()
const place = makePlace()
beforeAll(() => fillDatabase(database))
afterAll(async () => {
  await database.drop()
  place.remove()
})

describe('a backup', () => {
  it('is restored to the same rows and the same catalogue', async () => {
    const { manifest } = await backUp(database, place)
    expect(manifest.rows).toBeGreaterThan(80)
    const administrator = database.connect('postgres')
    const before = await readCatalogue(administrator)
    await withRestored({ location: database.location, backupId: manifest.id, ...place }, async ({ scratch }) => {
      const restored = connect(scratch, 'postgres')
      const after = await readCatalogue(restored)
      await restored.end()
      expect(after).toEqual(before)
    })
    expect(await compareWithManifest(database.location, manifest)).toEqual([])
    const names = await administrator`select from pg_database where datname like ${`${database.location.database}_scratch%`}`
    expect([...names]).toEqual([])
  })
})
