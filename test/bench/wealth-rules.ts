import { grouped, median, milliseconds, perSecond } from './measure.ts'
import type { BenchPlatform } from './platform.ts'

const ROWS = 100_000
const RULES = 20
const ROUNDS = 2
/** Rows of one statement, as in a run. */
const CHUNK = 2000

/** A household with 100,000 transactions of 20 shops, and a rule for each shop. */
const fill = async ({ administrator, ask }: BenchPlatform): Promise<string> => {
  const post = (path: string, body: object) => ask('POST', path, { body: JSON.stringify(body), mediaType: 'application/json' })
  const { id: householdId } = (await post('/v1/identity/households', { name: 'Bench', timezone: 'UTC' })) as { id: string }
  const [account] = await administrator<{ id: string }[]>`
    insert into wealth.accounts (household_id, name, type, balance_source) values (${householdId}, 'Card', 'credit_card', 'ledger') returning id`
  await administrator.begin(async transaction => {
    await transaction`set local session_replication_role = replica`
    await transaction`
      insert into wealth.transactions (household_id, account_id, date, amount, description, source, fingerprint)
      select ${householdId}, ${account!.id}, date '2016-01-01' + n % 3650, -(1 + n % 20000) / 100.0, 'Shop ' || chr(97 + n % ${RULES}) || ' number ' || n,
        'import', md5(n::text) from generate_series(1, ${ROWS}) n`
    await transaction`select wealth.rebuild_totals()`
  })
  for (let rule = 0; rule < RULES; rule += 1)
    await post('/v1/wealth/rules', {
      householdId,
      name: `Shop ${rule}`,
      conditions: [{ field: 'payee', operator: 'starts_with', value: `shop ${String.fromCodePoint(97 + rule)} ` }],
      actions: [{ action: 'set_category', category: 'shopping' }],
    })
  return householdId
}

/** Gives the transactions their labels of before, without triggers. */
const reset = async ({ administrator }: BenchPlatform, householdId: string): Promise<void> => {
  await administrator.begin(async transaction => {
    await transaction`set local session_replication_role = replica`
    await transaction`update wealth.transactions set category = 'other', provenance = '{}', version = 1 where household_id = ${householdId}`
  })
  await administrator`vacuum analyze wealth.transactions`
}

/** The same changes of the same rows by one UPDATE for every 2,000 rows, without reading them, without rules and without their log. */
const updateRows = ({ administrator }: BenchPlatform, householdId: string): Promise<number> =>
  milliseconds(async () => {
    let after = '00000000-0000-0000-0000-000000000000'
    for (let done = 0; done < ROWS; done += CHUNK)
      await administrator.begin(async transaction => {
        const identity = { householdId, requestId: 'bench', route: 'bench' }
        await transaction`select operations.begin_household_work(${JSON.stringify(identity)}::text::jsonb)`
        const rows = await transaction<{ id: string }[]>`
          update wealth.transactions t set category = 'shopping', provenance = provenance || '{"category": "rule"}', version = version + 1
          where id = any (array(select id from wealth.transactions where household_id = ${householdId} and id > ${after} order by id limit ${CHUNK}))
          returning id`
        after = rows
          .map(({ id }) => id)
          .toSorted()
          .at(-1)!
      })
  })

/** Runs the rules, as the page does, until none of the transactions is left. */
const runRules = ({ ask }: BenchPlatform, householdId: string): Promise<number> =>
  milliseconds(async () => {
    let changed = 0
    for (let left = 1; left > 0; ) {
      const body = JSON.stringify({ householdId })
      const run = (await ask('POST', '/v1/wealth/rule-runs', { body, mediaType: 'application/json' })) as Record<string, number>
      changed += run['changeCount']!
      left = run['remainingCount']!
    }
    if (changed !== ROWS) throw new Error(`${changed} labels were set.`)
  })

/** 20 rules over 100,000 transactions that each changes one label of, over HTTP, against the same UPDATE without rules and their log. */
export const timeRules = async (platform: BenchPlatform): Promise<void> => {
  const householdId = await fill(platform)
  const [updates, runs]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    await reset(platform, householdId)
    updates.push(await updateRows(platform, householdId))
    await reset(platform, householdId)
    runs.push(await runRules(platform, householdId))
  }
  const [update, run] = [median(updates), median(runs)]
  console.log(`\nRules: ${RULES} rules over ${grouped(ROWS)} transactions, all of which change`)
  console.table({
    'the same UPDATE without rules and log (baseline)': { 'changes/s': grouped(perSecond(ROWS, update)), 'of the UPDATE': '100 %' },
    'runs of rules': { 'changes/s': grouped(perSecond(ROWS, run)), 'of the UPDATE': `${((update / run) * 100).toFixed(0)} %` },
  })
}
