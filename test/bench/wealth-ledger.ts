import { median, milliseconds } from './measure.ts'
import type { BenchPlatform } from './platform.ts'

const ROWS = 1_000_000
const ROUNDS = 120
const GOAL_MILLISECONDS = 20

const p95 = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)]!

/** A household with one account of a million rows over ten years. */
const fill = async ({ administrator, ask }: BenchPlatform): Promise<string> => {
  const body = JSON.stringify({ name: 'Bench', timezone: 'UTC' })
  const { id: householdId } = (await ask('POST', '/v1/identity/households', { body, mediaType: 'application/json' })) as { id: string }
  const [account] = await administrator<{ id: string }[]>`
    insert into wealth.accounts (household_id, name, type, balance_source, opening_balance)
    values (${householdId}, 'Long', 'checking', 'ledger', 1000) returning id`
  const accountId = account!.id
  await administrator.begin(async transaction => {
    // A million rows are written here without their triggers, and the totals are made at the end, as the repair of a check makes them.
    await transaction`set local session_replication_role = replica`
    await transaction`
      insert into wealth.transactions (household_id, account_id, date, amount, description, category, source, fingerprint)
      select ${householdId}, ${accountId}, date '2016-01-01' + n % 3650, (2 * (n % 20000) - 19999) / 100.0, 'Shop number ' || n % 5000,
        (array['food_and_drink', 'shopping', 'travel', 'other'])[1 + n % 4], 'import', md5(n::text) from generate_series(1, ${ROWS}) n`
    await transaction`select wealth.rebuild_totals()`
  })
  await administrator`vacuum analyze wealth.transactions`
  await administrator`vacuum analyze wealth.account_totals`
  return accountId
}

const day = (round: number): string => new Date(Date.UTC(2016, 0, 1) + ((round * 7919) % 3650) * 86_400_000).toISOString().slice(0, 10)

/** Pages and balances of an account of a million rows, over HTTP. The target is 20 ms for 95 of 100. */
export const timeLedger = async (platform: BenchPlatform): Promise<void> => {
  const start = performance.now()
  const accountId = await fill(platform)
  console.log(
    `\nLedger: ${ROWS.toLocaleString('en-US')} rows of one account, filled in ${((performance.now() - start) / 1000).toFixed(0)} s`,
  )
  const list = (query: string) => platform.ask('GET', `/v1/wealth/transactions?accountId=${accountId}&limit=100${query}`)
  const first = (await list('')) as { nextCursor: string }
  const works: Readonly<Record<string, (round: number) => Promise<unknown>>> = {
    'first page of 100': () => list(''),
    'page after a cursor': () => list(`&cursor=${first.nextCursor}`),
    'page of 100 at any date': round => list(`&from=${day(round)}`),
    'page of a category at any date': round => list(`&category=travel&from=${day(round)}`),
    'balance at any date': round => platform.ask('GET', `/v1/wealth/accounts/${accountId}/balance?date=${day(round)}`),
  }
  const rows: Record<string, Record<string, string>> = {}
  for (const [name, work] of Object.entries(works)) {
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) times.push(await milliseconds(() => work(round)))
    const measured = times.slice(20)
    rows[name] = {
      'p50 ms': median(measured).toFixed(1),
      'p95 ms': p95(measured).toFixed(1),
      'of the target': (p95(measured) / GOAL_MILLISECONDS).toFixed(2),
    }
  }
  console.table(rows)
}
