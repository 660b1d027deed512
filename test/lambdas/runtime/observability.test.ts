import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { openDatabase } from '../../../db/database.ts'
import { users } from '../../../db/schema/identity/users.ts'
import { logger } from '../../../lambdas/runtime/observability.ts'
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts'

let database: TestDatabase
let written: string

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(() => {
  written = ''
  logger.setLogLevel('INFO')
  vi.spyOn(process.stderr, 'write').mockImplementation(text => {
    written += String(text)
    return true
  })
  return () => logger.setLogLevel('SILENT')
})

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => expect.fail('The statement was expected to fail.'),
    (error: unknown) => error,
  )

test.each([
  ['a value that PostgreSQL cannot read', '22P02', (secret: string) => eq(users.id, secret)],
  ['a value with a character that PostgreSQL cannot store', '22021', (secret: string) => eq(users.email, `${secret}\0`)],
])('a log line of a failed statement has its code but no parameter: %s', async (_, code, condition) => {
  const secret = 'my-secret-"value"'
  const error = await failureOf(openDatabase(database.connect('postgres')).select().from(users).where(condition(secret)))
  logger.error('request failed', { error })
  expect(JSON.parse(written)).toMatchObject({ message: 'request failed', error: { cause: { name: 'PostgresError', code } } })
  expect(written).toContain('from \\"identity\\".\\"users\\"')
  expect(written).not.toContain('my-secret')
})

test('a log line of a violated constraint has its name, but not the row', async () => {
  const connection = openDatabase(database.connect('postgres'))
  const row = { cognitoSub: 'my-secret-subject' }
  await connection.insert(users).values(row)
  logger.error('request failed', { error: await failureOf(connection.insert(users).values(row)) })
  expect(JSON.parse(written)).toMatchObject({
    error: { cause: { code: '23505', constraint_name: expect.stringContaining('cognito_sub') } },
  })
  expect(written).not.toContain('my-secret')
})
