import { ExecuteStatementCommand } from '@aws-sdk/client-rds-data'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts'
import { clusterArn, type DataApiFixture, openDataApi, secretArn } from './fixture.ts'

let database: TestDatabase
let dataApi: DataApiFixture
let now = 0

beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  dataApi = await openDataApi(database.location.database, { clock: () => now, statementTimeoutMilliseconds: 400 })
  await dataApi.execute('create table entries (name text primary key)')
})
beforeEach(async () => void (await dataApi.execute('truncate entries')))
afterAll(async () => {
  await dataApi.close()
  await database.drop()
})

const names = async () => {
  const { records } = await dataApi.execute('select name from entries order by name')
  return records?.map(([name]) => name?.stringValue)
}
const insert = (name: string, transactionId?: string) =>
  dataApi.execute('insert into entries values (:name)', [{ name: 'name', value: { stringValue: name } }], { transactionId })

describe('requests', () => {
  it('with several statements are refused, and with a trailing semicolon accepted', async () => {
    await expect(dataApi.execute(`insert into entries values ('a'); insert into entries values ('b')`)).rejects.toMatchObject({
      name: 'ValidationException',
      message: "Multistatements aren't supported.",
    })
    expect(await names()).toEqual([])
    expect((await dataApi.execute('select 1;')).records).toEqual([[{ longValue: 1 }]])
  })

  it('with a schema are refused', async () => {
    await expect(dataApi.execute('select 1', [], { schema: 'public' })).rejects.toMatchObject({ name: 'ValidationException' })
  })

  it('over 4 MiB are refused', async () => {
    const huge = { name: 'p', value: { stringValue: 'x'.repeat(4 * 1024 * 1024) } }
    await expect(dataApi.execute('select length(:p)', [huge])).rejects.toMatchObject({ name: 'BadRequestException' })
  })

  it('for another cluster or secret are refused', async () => {
    const other = (arn: string) => `${arn}-other`
    const send = (resourceArn: string, secret: string) =>
      dataApi.client.send(new ExecuteStatementCommand({ resourceArn, secretArn: secret, sql: 'select 1' }))
    await expect(send(other(clusterArn), secretArn)).rejects.toMatchObject({ name: 'DatabaseNotFoundException' })
    await expect(send(clusterArn, other(secretArn))).rejects.toMatchObject({ name: 'SecretsErrorException' })
  })

  it('that are not signed for this service are refused', async () => {
    const response = await fetch(`${dataApi.api.endpoint}/Execute`, { method: 'POST', body: '{}' })
    expect(response.status).toBe(403)
    expect(response.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException')
  })

  it('leave no settings and no open transaction on their connection', async () => {
    await dataApi.execute(`select set_config('nestegg.left', 'behind', false)`)
    const { records } = await dataApi.execute(`select current_setting('nestegg.left', true)`)
    expect(records).not.toEqual([[{ stringValue: 'behind' }]])
    await dataApi.execute('begin')
    await insert('outside')
    expect(await names()).toEqual(['outside'])
  })
})

describe('responses', () => {
  it('have at most 64 KB per row and 1 MiB in total', async () => {
    const rows = (count: number, sizeBytes: number) => dataApi.execute(`select repeat('x', ${sizeBytes}) from generate_series(1, ${count})`)
    expect((await rows(15, 65_536)).records).toHaveLength(15)
    await expect(rows(1, 65_537)).rejects.toMatchObject({ name: 'BadRequestException', message: expect.stringContaining('row') })
    await expect(rows(17, 65_536)).rejects.toMatchObject({
      name: 'BadRequestException',
      message: 'Database returned more than the allowed response size limit',
    })
  })

  it('contain the database error, with its SQLSTATE last', async () => {
    await insert('a')
    await expect(insert('a')).rejects.toMatchObject({
      name: 'DatabaseErrorException',
      message:
        'ERROR: duplicate key value violates unique constraint "entries_pkey"; Detail: Key (name)=(a) already exists.; SQLState: 23505',
    })
    await expect(dataApi.execute('select * from nowhere')).rejects.toMatchObject({
      message: 'ERROR: relation "nowhere" does not exist; Position: 15; SQLState: 42P01',
    })
  })

  it('to statements that take too long are timeouts; the statement stops, unless continueAfterTimeout is set', async () => {
    const slow = (name: string, continueAfterTimeout: boolean) =>
      dataApi.execute(`with wait as materialized (select pg_sleep(0.8)) insert into entries select '${name}' from wait`, [], {
        continueAfterTimeout,
      })
    await expect(slow('stopped', false)).rejects.toMatchObject({ name: 'StatementTimeoutException' })
    await expect(slow('went on', true)).rejects.toMatchObject({ name: 'StatementTimeoutException' })
    await expect.poll(names, { timeout: 10_000 }).toEqual(['went on'])
  })
})

describe('transactions', () => {
  it('are not visible to other connections until committed', async () => {
    const transaction = await dataApi.begin()
    await insert('a', transaction)
    expect(await names()).toEqual([])
    expect(await dataApi.commit(transaction)).toBe('Transaction Committed')
    expect(await names()).toEqual(['a'])
    await expect(dataApi.commit(transaction)).rejects.toMatchObject({ name: 'TransactionNotFoundException' })
  })

  it('store nothing when rolled back, or when committed after a failure', async () => {
    const rolledBack = await dataApi.begin()
    await insert('a', rolledBack)
    expect(await dataApi.rollback(rolledBack)).toBe('Rollback Complete')
    const failed = await dataApi.begin()
    await insert('b', failed)
    await expect(insert('b', failed)).rejects.toMatchObject({ message: expect.stringContaining('SQLState: 23505') })
    await expect(insert('c', failed)).rejects.toMatchObject({ message: expect.stringContaining('SQLState: 25P02') })
    expect(await dataApi.commit(failed)).toBe('Rollback Complete')
    expect(await names()).toEqual([])
  })

  it('run one statement at a time', async () => {
    const transaction = await dataApi.begin()
    const slow = dataApi.execute('select pg_sleep(0.2)::text', [], { transactionId: transaction })
    await expect
      .poll(() =>
        insert('a', transaction).then(
          () => 'ran',
          (error: Error) => error.message,
        ),
      )
      .toBe('Transaction is still running a query')
    await slow
    await dataApi.rollback(transaction)
  })

  it('end after three minutes without a call, and release their locks', async () => {
    const transaction = await dataApi.begin()
    await insert('a', transaction)
    now += 179_999
    await insert('b', transaction)
    now += 180_000
    await expect(insert('c', transaction)).rejects.toMatchObject({ name: 'TransactionNotFoundException' })
    await insert('a')
    expect(await names()).toEqual(['a'])
  })
})

describe('batches', () => {
  it('run a statement once per set of parameters, all or nothing', async () => {
    const sets = (...values: string[]) => values.map(value => [{ name: 'name', value: { stringValue: value } }])
    const sql = 'insert into entries values (:name)'
    expect(await dataApi.batch(sql, sets('a', 'b'))).toMatchObject({ updateResults: [{ generatedFields: [] }, { generatedFields: [] }] })
    await expect(dataApi.batch(sql, sets('c', 'a'))).rejects.toMatchObject({ name: 'DatabaseErrorException' })
    expect(await names()).toEqual(['a', 'b'])
    const transaction = await dataApi.begin()
    await dataApi.batch(sql, sets('d'), transaction)
    await dataApi.rollback(transaction)
    expect(await names()).toEqual(['a', 'b'])
  })
})

describe('injected faults', () => {
  it('make the given operation fail, the given number of times', async () => {
    dataApi.api.injectFault({ operation: 'ExecuteStatement', error: 'DatabaseResumingException', times: 2 })
    const transaction = await dataApi.begin()
    await expect(insert('a')).rejects.toMatchObject({ name: 'DatabaseResumingException' })
    await expect(insert('a')).rejects.toMatchObject({ name: 'DatabaseResumingException' })
    await insert('a')
    await dataApi.rollback(transaction)
  })

  it('can happen after the request took effect', async () => {
    dataApi.api.injectFault({ error: 'ConnectionReset', times: 1, when: 'after' })
    await expect(insert('a')).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(await names()).toEqual(['a'])
  })
})
