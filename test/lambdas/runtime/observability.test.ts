import { DatabaseErrorException } from '@aws-sdk/client-rds-data'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { dataApiVerdict } from '../../../db/data-api/verdicts.ts'
import { openDatabase } from '../../../db/database.ts'
import { users } from '../../../db/schema/identity/users.ts'
import { logger, valueFree } from '../../../lambdas/runtime/observability.ts'
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

const dataApiError = (message: string) =>
  dataApiVerdict(new DatabaseErrorException({ message, $metadata: { httpStatusCode: 400 } })) as { readonly error: Error }

test.each([
  [
    '23505',
    'ERROR: duplicate key value violates unique constraint "users_email_key"; Detail: Key (lower(email))=(my-secret) already exists.; SQLState: 23505',
  ],
  ['22P02', 'ERROR: invalid input syntax for type uuid: "my-secret"; SQLState: 22P02'],
])('a log line and a trace of a failure over the Data API have its code but no value: %s', (sqlState, message) => {
  const { error } = dataApiError(message)
  logger.error('request failed', { error })
  expect(JSON.parse(written)).toMatchObject({ error: { name: 'DatabaseFunctionError', sqlState } })
  expect(written).not.toContain('my-secret')
  const traced = valueFree(error)
  expect(traced.name).toBe('DatabaseFunctionError')
  expect(`${traced.message} ${traced.stack}`).not.toContain('my-secret')
})

test('a trace of a failed statement has no parameter', async () => {
  const error = await failureOf(openDatabase(database.connect('postgres')).select().from(users).where(eq(users.id, 'my-secret')))
  const traced = valueFree(error as Error)
  expect(traced.message).toContain('from "identity"."users"')
  expect(`${traced.message} ${traced.stack}`).not.toContain('my-secret')
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
