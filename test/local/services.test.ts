import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { startTestServices } from '../support/platform.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test('services that cannot all be started leave none behind', async () => {
  const other = createServer()
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
  const address = other.address()
  try {
    const starting = startTestServices(database.location, { port: typeof address === 'object' ? address!.port : 0 })
    await expect(starting).rejects.toMatchObject({ code: 'EADDRINUSE' })
    for (const name of ['MAIL_ENDPOINT', 'USER_POOL_ENDPOINT', 'DATA_API_ENDPOINT', 'SIMULATION_STATE_MACHINE_ENDPOINT'])
      await expect(fetch(process.env[name]!), name).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
  } finally {
    other.close()
  }
})
