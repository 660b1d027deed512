import { randomUUID } from 'node:crypto'
import { lambdaContext } from '../../local/api-event.ts'
import { workKey } from '../../lambdas/wealth/ledger-work.ts'
import { wealthTasks } from '../../lambdas/wealth/tasks.ts'
import { grouped, median, milliseconds } from './measure.ts'
import { type BenchPlatform, startBenchPlatform } from './platform.ts'

const TRANSACTIONS = 100_000
const LATE_GOAL = 100
const FORM_GOAL = 300
const ROUNDS = 60

const p95 = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)]!
const json = (body: object) => ({ body: JSON.stringify(body), mediaType: 'application/json' })

interface Home {
  readonly householdId: string
  readonly accountIds: readonly string[]
}

/** The numbers `k` of the transactions of a security, from 0: which are sales, of how many shares, and on which day. SQL. */
interface Pattern {
  readonly securities: number
  readonly isSale: string
  readonly quantity: string
  readonly date: string
}

/** Seven purchases, then three sales of twice as many shares, every fortnight for ten years. */
const activeHousehold: Pattern = {
  securities: 400,
  isSale: 'k % 10 >= 7',
  quantity: 'case when k % 10 >= 7 then 20 else 10 end',
  date: "date '2016-01-01' + k * 14",
}
/** As many purchases in one year as sales in the next. */
const sellingHousehold: Pattern = {
  securities: 100,
  isSale: 'k >= 500',
  quantity: '10',
  date: "case when k >= 500 then date '2025-01-01' + (k - 500) % 365 else date '2024-01-01' + k % 366 end",
}

/** A household with four accounts, each with a quarter of the securities. The ledger is written without its triggers, and not calculated. */
const fill = async ({ administrator, ask }: BenchPlatform, { date, isSale, quantity, securities }: Pattern): Promise<Home> => {
  const { id: householdId } = (await ask('POST', '/v1/identity/households', json({ name: 'Bench', timezone: 'UTC' }))) as { id: string }
  const accounts = await administrator<{ id: string }[]>`
    insert into wealth.accounts (household_id, name, type, tax_type, institution_name, balance_source)
    select ${householdId}, 'Broker ' || n, 'investment', 'taxable_brokerage', 'Broker', 'ledger' from generate_series(1, 4) n returning id`
  const accountIds = accounts.map(({ id }) => id)
  await administrator.begin(async transaction => {
    await transaction`set local session_replication_role = replica`
    await transaction.unsafe(
      `create temporary table bench on commit drop as
        select gen_random_uuid() as id, ($1::text::uuid[])[1 + s % 4] as account_id, 'S' || s as symbol, case when ${isSale} then 'sell' else 'buy' end as type,
          ${quantity} as quantity, ${date} as date, 80 + ((k * 7919 + s * 104729) % 41)::numeric as price
        from generate_series(0, ${securities - 1}) s, generate_series(0, ${TRANSACTIONS / securities - 1}) k`,
      [`{${accountIds.join(',')}}`],
    )
    await transaction`
      insert into wealth.transactions (id, household_id, account_id, type, date, amount, description, category, source, fingerprint)
      select id, ${householdId}, account_id, type, date, case type when 'buy' then -quantity else quantity end * price, symbol, 'investment', 'import',
        md5(id::text) from bench`
    await transaction`
      insert into wealth.investment_transactions (transaction_id, household_id, account_id, trade_date, symbol, quantity, price)
      select id, ${householdId}, account_id, date, symbol, quantity, price from bench`
    await transaction`insert into wealth.lot_changes (household_id, symbol) select distinct ${householdId}::uuid, symbol from bench`
    await transaction`select wealth.rebuild_totals()`
  })
  await administrator`vacuum analyze wealth.transactions, wealth.investment_transactions, wealth.account_totals`
  return { householdId, accountIds }
}

/** Calculates and stores the lots of a household, as the task in the background does it. An entry asks for it. */
const calculate = async ({ ask }: BenchPlatform, { accountIds, householdId }: Home): Promise<number> => {
  const entry = { accountId: accountIds[0], type: 'buy', date: '2024-01-02', symbol: 'OTHER', quantity: '1', price: '1', amount: '-1.00' }
  await ask('POST', '/v1/wealth/transactions', json({ ...entry, description: 'First' }))
  const { handler } = await import('../../lambdas/wealth/handlers/continue-ledger-work.ts')
  const context = lambdaContext('continue-ledger-work', randomUUID(), wealthTasks['continue-ledger-work'].timeoutSeconds)
  return milliseconds(() => handler({ detail: { object: { key: workKey({ kind: 'recalculate-lots', householdId }) } } }, context))
}

const times = async (work: (round: number) => Promise<unknown>): Promise<number[]> => {
  const all: number[] = []
  for (let round = 0; round < ROUNDS + 10; round += 1) all.push(await milliseconds(() => work(round)))
  return all.slice(10)
}

const timeLateTransactions = async (platform: BenchPlatform): Promise<void> => {
  const home = await fill(platform, activeHousehold)
  const calculated = await calculate(platform, home)
  // As the server does it by itself within a minute of so many new rows.
  await platform.administrator`vacuum analyze wealth.tax_lots, wealth.lot_closings, wealth.wash_sales, wealth.lot_problems`
  const { accountIds, householdId } = home
  const post = (body: object) =>
    platform.ask('POST', '/v1/wealth/transactions', json({ accountId: accountIds[0], description: 'Late', ...body }))
  const day = (round: number) => new Date(Date.UTC(2016, 0, 1) + ((round * 97) % 3000) * 86_400_000).toISOString().slice(0, 10)
  const cash = await times(round => post({ type: 'fee', date: day(round), amount: '-1.00' }))
  const late = await times(round =>
    post({ type: 'buy', date: day(round), symbol: `S${4 * (round % 100)}`, quantity: '1', price: '90', amount: '-90.00' }),
  )
  const [{ current }] = (await platform.administrator`
    select not exists (select from wealth.lot_changes where household_id = ${householdId}) as current`) as unknown as [{ current: boolean }]
  if (!current) throw new Error('The lots are not those of the ledger.')
  console.log(`\nLots in the database: ${grouped(TRANSACTIONS)} transactions calculated and stored in ${(calculated / 1000).toFixed(1)} s`)
  const row = (measured: readonly number[]) => ({
    'p50 ms': median(measured).toFixed(1),
    'p95 ms': p95(measured).toFixed(1),
    'of the baseline': `${(median(measured) / median(cash)).toFixed(1)} x`,
    'of the target': (p95(measured) / LATE_GOAL).toFixed(2),
  })
  console.table({ 'a fee (baseline)': row(cash), 'a purchase among them, lots calculated and stored': row(late) })
}

const timeForm = async (platform: BenchPlatform): Promise<void> => {
  const home = await fill(platform, sellingHousehold)
  await calculate(platform, home)
  const { householdId } = home
  await platform.administrator`vacuum analyze wealth.lot_closings`
  const form = (path: string, query = '') =>
    platform.ask('GET', `/v1/wealth/tax-reports/2025/form-8949${path}?householdId=${householdId}${query}`) as Promise<{
      parts: { lineCount: number }[]
      nextCursor: string
    }>
  const { parts } = await form('')
  const lineCount = parts.reduce((sum, part) => sum + part.lineCount, 0)
  const { nextCursor } = await form('/lines', '&limit=100')
  const works = {
    'sums of the boxes and Schedule D': () => form(''),
    'in whole dollars': () => form('', '&rounding=dollars'),
    'first 100 lines': () => form('/lines', '&limit=100'),
    '100 lines after a cursor': () => form('/lines', `&limit=100&cursor=${nextCursor}`),
    '100 lines of a box': () => form('/lines', '&limit=100&box=D'),
  }
  console.log(`\nForm 8949 of ${grouped(lineCount)} sales`)
  const rows: Record<string, Record<string, string>> = {}
  for (const [name, work] of Object.entries(works)) {
    const measured = await times(work)
    rows[name] = {
      'p50 ms': median(measured).toFixed(1),
      'p95 ms': p95(measured).toFixed(1),
      'of the target': (p95(measured) / FORM_GOAL).toFixed(2),
    }
  }
  console.table(rows)
}

/** Lots through the API: a late transaction, for which the target is 100 ms, and Form 8949 of 50,000 sales, for which it is 300 ms for 95 of 100. */
export const timeStoredLots = async (): Promise<void> => {
  const platform = await startBenchPlatform()
  try {
    await timeLateTransactions(platform)
    await timeForm(platform)
  } finally {
    await platform.close()
  }
}
