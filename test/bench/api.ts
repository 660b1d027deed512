import { Worker } from 'node:worker_threads'
import { eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { households } from '../../db/schema/identity/households.ts'
import type { Load, LoadResult, Statement } from './load.ts'
import { grouped } from './measure.ts'
import type { BenchPlatform } from './platform.ts'

const CONNECTIONS = [1, 16, 64, 256]
const SECONDS = 4

/**
 * Reads, writes and runs of one process, over HTTP, by number of connections. Reads and writes are compared with their statements through
 * postgres.js alone: the same transactions, without HTTP, tokens, schemas and logs. The callers and the baseline run in a thread of their
 * own, on the same cores.
 */
export async function run(): Promise<void> {
  const seconds = Number(process.argv[3] ?? SECONDS)
  const { startBenchPlatform } = await import('./platform.ts')
  const platform = await startBenchPlatform()
  try {
    const { location, token, url } = platform
    const made = await makePlans(platform)
    const [{ subject } = { subject: '' }] = await platform.administrator<
      { subject: string }[]
    >`select cognito_sub as subject from identity.users`
    const begin: Statement = [
      'select operations.begin_request($1::text::jsonb) as "user"',
      [JSON.stringify({ subject, requestId: 'bench', route: 'bench' })],
    ]
    const sqlOf = (query: { toSQL(): { sql: string; params: unknown[] } }): Statement => [
      query.toSQL().sql,
      query.toSQL().params as string[],
    ]
    const database = drizzle(postgres())
    const read = sqlOf(database.select().from(households).where(eq(households.id, made.householdId)))
    const write = sqlOf(database.insert(households).values({ name: 'Bench', timezone: 'UTC' }).returning())
    const http = (method: string, path: string, body?: object): Load => ({
      kind: 'http',
      url,
      token,
      method,
      path,
      body: body && JSON.stringify(body),
    })
    const alone = (role: 'nestegg_read' | 'nestegg_write', statement: Statement): Load => ({
      kind: 'sql',
      location,
      role,
      statements: [begin, statement],
    })
    const loads: readonly (readonly [string, Load, Load?])[] = [
      ['read a household', http('GET', `/v1/identity/households/${made.householdId}`), alone('nestegg_read', read)],
      ['run a plan, 1,000 paths', http('POST', `/v1/planning/plans/${made.planId}/runs`, {})],
      // Last, because its caller becomes a member of thousands of households, which slows every statement.
      ['create a household', http('POST', '/v1/identity/households', { name: 'Bench', timezone: 'UTC' }), alone('nestegg_write', write)],
    ]
    await besideAnalysis(platform, made.retirementId, loads[0]![1], seconds)
    console.log(['work'.padEnd(26), 'connections', 'requests/s', 'p50 ms', 'p95 ms', 'p99 ms', 'errors', 'alone/s', 'ratio'].join('  '))
    for (const [name, load, baseline] of loads) {
      for (const connections of CONNECTIONS) {
        await measure(load, 16, 1)
        const api = await measure(load, connections, seconds)
        const sql = baseline && (await measure(baseline, connections, seconds))
        console.log(row(name, connections, api, sql))
      }
    }
  } finally {
    await platform.close()
  }
}

/** A household with a plan of its portfolio, and a plan of one person's retirement with taxes. */
async function makePlans({
  ask,
}: BenchPlatform): Promise<{ readonly householdId: string; readonly planId: string; readonly retirementId: string }> {
  const post = async (path: string, body: unknown) =>
    (await ask('POST', path, { body: JSON.stringify(body), mediaType: 'application/json' })) as { readonly id: string }
  const household = await post('/v1/identity/households', { name: 'Bench', timezone: 'UTC' })
  const models = (await ask('GET', '/v1/planning/portfolio-models')) as { readonly items: readonly { readonly id: string }[] }
  const makePlan = async (inputs: readonly (readonly [inputType: string, inputName: string, inputValue: object])[]): Promise<string> => {
    const plan = await post('/v1/planning/plans', {
      householdId: household.id,
      name: 'Bench',
      portfolioModelId: models.items[0]!.id,
      planningHorizonYears: 30,
      asOfDate: '2026-01-01',
      monteCarloIterations: 1000,
      randomSeed: '42',
    })
    for (const [inputType, inputName, inputValue] of inputs)
      await post(`/v1/planning/plans/${plan.id}/inputs`, { inputType, inputName, inputValue })
    return plan.id
  }
  return {
    householdId: household.id,
    planId: await makePlan([
      ['account', 'Savings', { balance: '1000000.00' }],
      ['withdrawal', 'Living', { annualAmount: '40000.00', startYear: 0 }],
    ]),
    retirementId: await makePlan([
      ['person', 'Pat', { birthDate: '1966-05-01', retirementAge: 62, lifespan: { kind: 'life_table' } }],
      ['account', '401(k)', { balance: '1500000.00', kind: 'traditional', owner: 'Pat' }],
      ['account', 'Brokerage', { balance: '100000.00', kind: 'taxable' }],
      ['expense', 'Living', { annualAmount: '50000.00' }],
    ]),
  }
}

/** The response times of a load while analyses run one after the other, against those without. */
async function besideAnalysis({ ask }: BenchPlatform, planId: string, load: Load, seconds: number): Promise<void> {
  const body = JSON.stringify({ solve: 'sustainable_spending', iterations: 2000 })
  console.log(['read a household'.padEnd(26), 'connections', 'p95 ms', 'p95 ms beside an analysis', 'ratio', 'analyses'].join('  '))
  for (const connections of [1, 4, 16]) {
    await measure(load, connections, 1)
    const idle = await measure(load, connections, seconds)
    const analyses = { isOver: false, count: 0 }
    const analysing = (async () => {
      for (; !analyses.isOver; analyses.count += 1)
        await ask('POST', `/v1/planning/plans/${planId}/solutions`, { body, mediaType: 'application/json' })
    })()
    const beside = await measure(load, connections, seconds)
    analyses.isOver = true
    await analysing
    console.log(
      [
        ''.padEnd(26),
        String(connections).padStart(11),
        idle.p95.toFixed(1).padStart(6),
        beside.p95.toFixed(1).padStart(25),
        (beside.p95 / idle.p95).toFixed(2).padStart(5),
        String(analyses.count).padStart(8),
      ].join('  '),
    )
  }
  console.log()
}

/** Runs a load in a thread of its own. */
const measure = (load: Load, connections: number, seconds: number): Promise<LoadResult> =>
  new Promise((fulfil, reject) => {
    const worker = new Worker(new URL('./load.ts', import.meta.url), { workerData: { load, connections, seconds } })
    worker.once('message', fulfil)
    worker.once('error', reject)
  })

const row = (name: string, connections: number, api: LoadResult, sql: LoadResult | undefined): string =>
  [
    name.padEnd(26),
    String(connections).padStart(11),
    grouped(api.perSecond).padStart(10),
    ...[api.p50, api.p95, api.p99].map(ms => ms.toFixed(1).padStart(6)),
    String(api.errors).padStart(6),
    ...(sql ? [grouped(sql.perSecond).padStart(7), (api.perSecond / sql.perSecond).toFixed(2).padStart(5)] : []),
  ].join('  ')
