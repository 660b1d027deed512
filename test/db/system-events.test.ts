import { afterAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase } from '../support/postgres.ts'
import { beginRequest } from './requests.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())
const administrator = database.connect('postgres')
const reader = database.connect('nestegg_read')
const operator = database.connect('nestegg_operator')

const failure = { eventType: 'error', eventCategory: 'api', severity: 'error', component: 'trial/part', message: 'It failed.' }
const record = async (event: object, sql = operator) => {
  const [row] = await sql<{ answer: { id: string; occurrences: number } }[]>`
    select operations.record_system_event(${JSON.stringify(event)}::text::jsonb) as answer`
  return row!.answer
}
const stored = () => administrator`select * from operations.system_events order by id`
beforeEach(async () => {
  await administrator`delete from operations.system_events`
})

test('the same event is counted while it is not resolved, for an hour', async () => {
  const first = await record({ ...failure, durationMs: 5 })
  expect(await record({ ...failure, durationMs: 9, occurrences: 3 })).toEqual({ id: first.id, occurrences: 4 })
  expect(await record({ ...failure, durationMs: 1 })).toEqual({ id: first.id, occurrences: 5 })
  expect(await stored()).toMatchObject([{ occurrences: 5, duration_ms: 9, severity: 'error', component: 'trial/part' }])
  await record({ ...failure, message: 'Another.' })
  expect(await stored()).toHaveLength(2)
  await administrator`update operations.system_events set timestamp = timestamp - interval '61 minutes' where id = ${first.id}`
  const second = await record(failure)
  expect(second).toMatchObject({ occurrences: 1 })
  await administrator`update operations.system_events set resolved = true, status = 'resolved', resolved_at = now() where id = ${second.id}`
  expect(await record(failure)).toMatchObject({ occurrences: 1 })
  expect(await stored()).toHaveLength(4)
})

test('what was not measured is not known', async () => {
  await record(failure)
  expect(await stored()).toMatchObject([{ duration_ms: null, memory_usage_mb: null, cpu_usage_percent: null }])
})

test('the same event from several transactions makes one row', async () => {
  const connections = Array.from({ length: 4 }, () => database.connect('nestegg_operator'))
  const answers = await Promise.all(connections.map(sql => record(failure, sql)))
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
  expect(answers.map(({ occurrences }) => occurrences).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4])
})

test('texts are cut, and large data is left out', async () => {
  const long = 'x'.repeat(20_000)
  await record({
    ...failure,
    message: long,
    component: long,
    stackTrace: long,
    errorCode: long,
    additionalData: { long },
    durationMs: 1e12,
  })
  const [row] = await stored()
  expect(['message', 'component', 'stack_trace', 'error_code'].map(name => row![name].length)).toEqual([2_000, 100, 8_000, 50])
  expect(row).toMatchObject({ additional_data: null, duration_ms: 2_147_483_647 })
})

test('after a thousand different events in an hour the rest is only counted', async () => {
  await administrator`
    insert into operations.system_events (event_type, event_category, message, fingerprint)
    select 'error', 'api', 'Event ' || n, n::text from generate_series(1, 999) n`
  const last = await record(failure)
  await record({ ...failure, message: 'One too many.' })
  const counted = await record({ ...failure, message: 'Two too many.' })
  expect(counted).toMatchObject({ occurrences: 2 })
  expect(await record(failure)).toEqual({ id: last.id, occurrences: 2 })
  const rows = await stored()
  expect(rows).toHaveLength(1_001)
  expect(rows.at(-1)).toMatchObject({ id: counted.id, event_type: 'limit', severity: 'critical' })
})

test('an event of an unknown type is refused', async () => {
  await expect(record({ ...failure, eventType: 'gossip' })).rejects.toThrow('system_events_type_known')
  await expect(record({})).rejects.toThrow('null value in column "event_type"')
})

test('a reading role records an event in a transaction of its own only, and writes nothing else', async () => {
  expect(await record(failure, reader)).toMatchObject({ occurrences: 1 })
  await expect(
    reader.begin(async transaction => {
      await beginRequest(transaction, 'subject')
      await transaction`select operations.record_system_event(${JSON.stringify(failure)}::text::jsonb)`
    }),
  ).rejects.toThrow('read-only transaction')
  await expect(reader`select from operations.system_events`).rejects.toThrow('permission denied')
  await expect(reader`update operations.system_events set status = 'open'`).rejects.toThrow('permission denied')
})

test('operators change the columns of the workflow and no others', async () => {
  await record(failure)
  await operator`update operations.system_events set status = 'acknowledged', acknowledged_at = now()`
  await expect(operator`update operations.system_events set message = 'Nothing happened.'`).rejects.toThrow('permission denied')
  // Only retention removes events.
  const [before] = await administrator`select count(*)::int as count from operations.system_events`
  await operator`delete from operations.system_events`
  const [after] = await administrator`select count(*)::int as count from operations.system_events`
  expect([before!['count'] > 0, after]).toEqual([true, before])
})
