import type { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { copySnapshot } from '../../db/backup/index.ts'
import { createTestDatabase } from '../support/postgres.ts'

const database = await createTestDatabase()
beforeAll(async () => {
  const owner = database.connect('nestegg_owner')
  await owner.unsafe(`create table operations.trial (filler text); grant select on operations.trial to nestegg_backup;
    insert into operations.trial select repeat('x', 1000) from generate_series(1, 100)`)
})
afterAll(() => database.drop())

/** Begins to read when everything has arrived, which is more than a stream holds before it asks the connection to pause. */
const readLate = async (_: unknown, rows: Readable): Promise<number> => {
  await wait(300)
  let bytes = 0
  for await (const chunk of rows as AsyncIterable<Uint8Array>) bytes += chunk.length
  return bytes
}

it('a table is copied to its end, however late its last rows are read', { timeout: 20_000 }, async () => {
  const relation = { name: 'operations.trial', columns: ['filler'], partition: null, sizeBytes: 0 }
  const { copied } = await copySnapshot(database.location, async () => ({ relations: [relation] }), { parallel: 1, consume: readLate })
  expect(copied).toEqual([{ relation, rows: 100, outcome: expect.any(Number) }])
  expect(copied[0]!.outcome).toBeGreaterThan(100_000)
})
