import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { closeDatabases } from '../../../lambdas/runtime/database.ts'
import { handler } from '../../../lambdas/wealth/handlers/take-balance-snapshots.ts'
import { lambdaContext } from '../../../local/api-event.ts'
import { startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'
import { pointEnvironmentTo } from '../../support/postgres.ts'
import { addTransactions, householdIn, newAccount } from './wealth-platform.ts'

let platform: TestPlatform
let user: TestUser
let firings = 0
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
})
afterAll(() => platform.close())
beforeEach(() => pointEnvironmentTo(platform.database.location))
afterEach(async () => {
  vi.useRealTimers()
  await closeDatabases()
  vi.unstubAllEnvs()
})

/** Fires the job as if it were another time. Each firing has a scheduled time of its own, unless one is given. */
const fireAt = async (now: string, scheduledTime = new Date(Date.UTC(2026, 0, 1, (firings += 1))).toISOString()) => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(now) })
  const outcome = await handler({ scheduledTime }, lambdaContext('wealth-take-balance-snapshots', crypto.randomUUID(), 600))
  vi.useRealTimers()
  return outcome
}

/** An account that was made at an instant. */
const accountSince = async (timezone: string, createdAt: string) => {
  const householdId = await householdIn(user, timezone)
  const account = await newAccount(user, householdId, { type: 'checking', openingBalance: '100.00' })
  const sql = platform.database.connect('postgres')
  await sql`alter table wealth.accounts disable trigger user`
  await sql`update wealth.accounts set created_at = ${createdAt} where id = ${account.id}`
  await sql`alter table wealth.accounts enable trigger user`
  return account
}

const snapshotsOf = async ({ id }: { id: string }) =>
  (
    await platform.database.connect('postgres')`
      select date::text || ' ' || balance as text from wealth.balance_snapshots where account_id = ${id} order by date`
  ).map(row => row['text'] as string)

describe('snapshots of balances', () => {
  test('are of the day that has ended in the timezone of the household, at the end of a month too', async () => {
    const auckland = await accountSince('Pacific/Auckland', '2026-01-30T12:00:00Z')
    const losAngeles = await accountSince('America/Los_Angeles', '2026-01-30T12:00:00Z')
    // 31 January has ended in Auckland, where it is 1 February, and goes on in Los Angeles.
    await fireAt('2026-01-31T11:30:00Z')
    expect(await snapshotsOf(auckland)).toEqual(['2026-01-31 100.00'])
    expect(await snapshotsOf(losAngeles)).toEqual(['2026-01-30 100.00'])
    await fireAt('2026-02-01T07:30:00Z')
    expect(await snapshotsOf(losAngeles)).toEqual(['2026-01-30 100.00'])
    await fireAt('2026-02-01T08:30:00Z')
    expect(await snapshotsOf(losAngeles)).toEqual(['2026-01-30 100.00', '2026-01-31 100.00'])
    expect(await snapshotsOf(auckland)).toEqual(['2026-01-31 100.00'])
  })

  test('are stored once, also when the job is fired again', async () => {
    const account = await accountSince('UTC', '2026-03-01T12:00:00Z')
    await fireAt('2026-03-03T05:00:00Z', '2026-03-03T05:00:00.000Z')
    const first = await snapshotsOf(account)
    expect(first).toEqual(['2026-03-01 100.00', '2026-03-02 100.00'])
    await addTransactions(platform, account, [{ date: '2026-03-01', amount: '9.00' }])
    expect(await fireAt('2026-03-03T05:00:00Z', '2026-03-03T05:00:00.000Z')).toMatchObject({ status: 'already-done' })
    await fireAt('2026-03-03T06:00:00Z')
    expect(await snapshotsOf(account)).toEqual(first)
  })

  test('of missed days are caught up, and a closed account has none after its end', async () => {
    const account = await accountSince('UTC', '2026-04-01T12:00:00Z')
    await fireAt('2026-04-02T05:00:00Z')
    await addTransactions(platform, account, [{ date: '2026-04-03', amount: '-40.00' }])
    await fireAt('2026-04-05T05:00:00Z')
    expect(await snapshotsOf(account)).toEqual(['2026-04-01 100.00', '2026-04-02 100.00', '2026-04-03 60.00', '2026-04-04 60.00'])
    const close = await user.request('POST', `/v1/wealth/accounts/${account.id}/closures`, {
      body: { closedOn: '2026-04-05' },
      headers: { 'if-match': '*' },
    })
    expect(close.status).toBe(200)
    await fireAt('2026-04-10T05:00:00Z')
    expect((await snapshotsOf(account)).at(-1)).toBe('2026-04-05 60.00')
  })
})
