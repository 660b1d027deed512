import { Worker } from 'node:worker_threads'
import { inHouseholdTransaction } from '../../lambdas/runtime/database.ts'
import { refreshValues } from '../../lambdas/wealth/refresh-values.ts'
import type { Load, LoadResult } from './load.ts'
import { median, milliseconds } from './measure.ts'
import { type BenchPlatform, startBenchPlatform } from './platform.ts'
import { fillPortfolioHousehold, securityCount, transactionCount } from './portfolio-household.ts'

const ROUNDS = 30
const SCRATCH_ROUNDS = 5
const READERS = 100
const SECONDS = 10
const goals = { stored: 30, changed: 300, readers: 200 }

const p95 = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)]!

const timesOf = async (
  rounds: number,
  work: () => Promise<unknown>,
  before: () => Promise<unknown> = async () => undefined,
): Promise<number[]> => {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    await before()
    times.push(await milliseconds(work))
  }
  return times
}

const load = (asked: Load): Promise<LoadResult> =>
  new Promise((fulfil, reject) => {
    const worker = new Worker(new URL('./load.ts', import.meta.url), {
      workerData: { load: asked, connections: READERS, seconds: SECONDS },
    })
    worker.once('message', fulfil)
    worker.once('error', reject)
  })

const measure = async (platform: BenchPlatform): Promise<void> => {
  const { administrator, ask, token, url } = platform
  const householdId = await fillPortfolioHousehold(platform)
  const path = `/v1/wealth/net-worth?householdId=${householdId}`
  const read = () => ask('GET', path)
  const refresh = () =>
    inHouseholdTransaction({ householdId, requestId: 'bench', route: 'bench' }, transaction => refreshValues(transaction, householdId))
  const [account] = await administrator<{ id: string }[]>`
    select id from wealth.accounts where household_id = ${householdId} and type = 'checking' limit 1`
  let entered = 0
  const enter = (daysAgo: number) => async () => {
    const date = new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10)
    entered += 1
    const body = { accountId: account!.id, type: 'cash', date, amount: '-10.00', description: `Coffee ${entered}` }
    await ask('POST', '/v1/wealth/transactions', { body: JSON.stringify(body), mediaType: 'application/json' })
  }
  const price = async () => {
    entered += 1
    await administrator`
      update market.all_bars set close = high where time = current_date and series_id in (select id from market.series limit 1)`
  }

  await read()
  const scratch = await timesOf(SCRATCH_ROUNDS, read)
  const calculating = await milliseconds(refresh)
  await read()
  const rows: [string, number[], number?][] = [
    ['nothing stored: all is calculated (baseline)', scratch],
    ['stored', await timesOf(ROUNDS, read), goals.stored],
    ['after a transaction of today', await timesOf(ROUNDS, read, enter(0)), goals.changed],
    ['after a late transaction, 60 days', await timesOf(ROUNDS, read, enter(60)), goals.changed],
    ['after a changed close of today', await timesOf(ROUNDS, read, price), goals.changed],
  ]
  const refreshing = await milliseconds(refresh)
  rows.push(['after a transaction five years late', await timesOf(SCRATCH_ROUNDS, read, enter(1825))])
  await refresh()
  const baseline = median(scratch)
  console.log(`Net worth of ten years: ${transactionCount} transactions, ${securityCount} securities, 20 accounts, over HTTP`)
  console.log('first calculation and storing', calculating.toFixed(0), 'ms; again after a change', refreshing.toFixed(0), 'ms')
  console.table(
    Object.fromEntries(
      rows.map(([name, times, goal]) => [
        name,
        {
          'median ms': median(times).toFixed(1),
          'p95 ms': p95(times).toFixed(1),
          'goal p95 ms': goal ?? '',
          'times the baseline': (baseline / median(times)).toFixed(1),
        },
      ]),
    ),
  )
  const result = await load({ kind: 'http', url, token, method: 'GET', path, body: undefined })
  console.log(
    `${READERS} readers at once: p50 ${result.p50.toFixed(0)} ms, p95 ${result.p95.toFixed(0)} ms (goal ${goals.readers} ms), ` +
      `${result.perSecond.toFixed(0)} answers a second, ${result.errors} errors`,
  )
}

/**
 * Measures the net worth of a large household: as it is stored, after changes, and without anything stored, which is the baseline. Then many read it at once.
 */
export const run = async (): Promise<void> => {
  const platform = await startBenchPlatform()
  try {
    await measure(platform)
  } finally {
    await platform.close()
  }
}
