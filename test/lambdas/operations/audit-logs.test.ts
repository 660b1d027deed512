import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'

let platform: TestPlatform
let user: TestUser
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
})
afterAll(() => platform.close())

test('every change has a row with the resource, its values before and after, and the request', async () => {
  const { etag, planId } = await newPlan(user)
  const changed = await user.request('PATCH', `/v1/planning/plans/${planId}`, {
    body: { name: 'Renamed' },
    headers: { 'if-match': etag, 'user-agent': 'audit-test' },
  })
  const { body } = await user.request('GET', `/v1/operations/audit-logs?resourceId=${planId}`)
  expect(body.items.map((row: { action: string }) => row.action)).toEqual(['UPDATE', 'UPDATE', 'UPDATE', 'CREATE'])
  expect(body.items[0]).toMatchObject({
    resourceType: 'planning.plans',
    route: 'planning/update-plan',
    requestId: changed.headers.get('x-request-id'),
    userAgent: 'audit-test',
    changedFields: ['name', 'version'],
    oldValues: { name: 'Retire at 65' },
    newValues: { name: 'Renamed' },
  })
})

test('a refused change leaves no row', async () => {
  const { planId } = await newPlan(user)
  const count = async () => (await user.request('GET', `/v1/operations/audit-logs?resourceId=${planId}&limit=200`)).body.items.length
  const before = await count()
  expect(
    (await user.request('PATCH', `/v1/planning/plans/${planId}`, { body: { name: 'Lost' }, headers: { 'if-match': '"v99"' } })).status,
  ).toBe(412)
  expect(await count()).toBe(before)
})

test('large values are named as changed, not repeated', async () => {
  const { planId } = await newPlan(user)
  const { body: run } = await user.request('POST', `/v1/planning/plans/${planId}/runs`, { body: {} })
  const { body } = await user.request('GET', `/v1/operations/audit-logs?resourceId=${run.id}`)
  expect(body.items[0].newValues).toMatchObject({ output_hash: run.outputHash })
  expect(body.items[0].newValues).not.toHaveProperty('result')
  expect(body.items[0].newValues).not.toHaveProperty('specification')
})

test('health shows the version of the database, without a token', async () => {
  const { body, status } = await platform.request('GET', '/ready')
  expect(status).toBe(200)
  expect(body).toMatchObject({ status: 'ok', environment: 'local', database: { serverVersion: expect.stringMatching(/^16\./) } })
})
