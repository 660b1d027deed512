import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createTestDatabase, pointEnvironmentTo } from '../../support/postgres.ts'
import { admin } from './run.ts'

const database = await createTestDatabase()
const administrator = database.connect('postgres')
let id: string
beforeAll(async () => {
  pointEnvironmentTo(database.location)
  const event = { eventType: 'error', eventCategory: 'api', severity: 'error', component: 'trial/part', message: 'It failed.' }
  const [row] = await administrator`select operations.record_system_event(${JSON.stringify(event)}::text::jsonb) ->> 'id' as id`
  id = row!['id']
  await administrator`select operations.record_system_event(${JSON.stringify({ ...event, severity: 'info' })}::text::jsonb)`
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await database.drop()
})

it('lists events, filtered', async () => {
  const { code, out } = await admin('events', 'list')
  expect(code).toBe(0)
  expect(out).toMatch(/info\s+open\s+1\s+trial\/part\s+It failed\./)
  const filtered = JSON.parse((await admin('events', 'list', '--severity', 'error', '--status', 'open', '--json')).out)
  expect(filtered).toMatchObject([{ id, severity: 'error' }])
  expect(await admin('events', 'list', '--severity', 'bad')).toMatchObject({ code: 2 })
})

it('shows, acknowledges and resolves an event, once', async () => {
  expect((await admin('events', 'show', id)).out).toContain('message: It failed.')
  expect(await admin('events', 'acknowledge', id)).toMatchObject({ code: 0, out: expect.stringContaining('Acknowledged.') })
  expect(await admin('events', 'resolve', id, '--notes', 'Restarted.')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Resolved.'),
  })
  expect(await admin('events', 'resolve', id, '--notes', 'Again.')).toMatchObject({
    code: 1,
    error: expect.stringContaining('is resolved'),
  })
  expect(await administrator`select status, resolution_notes, resolved_by from operations.system_events where id = ${id}`).toEqual([
    { status: 'resolved', resolution_notes: 'Restarted.', resolved_by: null },
  ])
  expect(await admin('events', 'show', '01990000-0000-7000-8000-000000000000')).toMatchObject({
    code: 1,
    error: expect.stringContaining('no such system event'),
  })
})
