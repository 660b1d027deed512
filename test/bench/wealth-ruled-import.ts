import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { lambdaContext } from '../../local/api-event.ts'
import { type LedgerWork, workKey } from '../../lambdas/wealth/ledger-work.ts'
import { wealthTasks } from '../../lambdas/wealth/tasks.ts'
import { grouped, median, milliseconds, perSecond } from './measure.ts'
import type { BenchPlatform } from './platform.ts'
import { type BenchRow, copyRows, importRows, makeAccount } from './wealth-import.ts'
import { type BenchRule, benchRules, expectedLabels, ruledRows } from './wealth-ruled-rows.ts'

const ROWS = 100_000
const ROUNDS = 2

interface Place {
  readonly householdId: string
  readonly checkingId: string
  readonly savingsId: string
}

const post = ({ ask }: BenchPlatform, path: string, body: object) =>
  ask('POST', path, { body: JSON.stringify(body), mediaType: 'application/json' })

const sentToSavings = (rows: readonly BenchRow[]) => rows.filter(({ description }) => description.includes('TRANSFER'))

/** A household with two accounts. The second one already has what the first one sends it. */
const makeHousehold = async (platform: BenchPlatform, rows: readonly BenchRow[]): Promise<Place> => {
  const { id: householdId } = (await post(platform, '/v1/identity/households', { name: 'Bench', timezone: 'UTC' })) as { id: string }
  const [checkingId, savingsId] = [await makeAccount(platform, householdId), await makeAccount(platform, householdId)]
  for (const { amount, date } of sentToSavings(rows))
    await post(platform, '/v1/wealth/transactions', {
      accountId: savingsId,
      type: 'cash',
      date,
      amount: amount.replace('-', ''),
      description: 'Transfer received',
    })
  return { householdId, checkingId, savingsId }
}

/** Does the work that the commit has asked for, as the task does it. */
const doLedgerWork = async (work: LedgerWork): Promise<number> => {
  const { handler } = await import('../../lambdas/wealth/handlers/continue-ledger-work.ts')
  const task = wealthTasks['continue-ledger-work']
  const context = lambdaContext('continue-ledger-work', randomUUID(), task.timeoutSeconds)
  return milliseconds(() => handler({ detail: { object: { key: workKey(work) } } }, context))
}

const importWithWork = async (platform: BenchPlatform, { checkingId, householdId }: Place, rows: readonly BenchRow[]) => {
  const { committed, importId, previewed, sent } = await importRows(platform, householdId, checkingId, rows)
  const worked = await doLedgerWork({ kind: 'follow-up', householdId, scope: { importId } })
  return { stored: sent + previewed + committed, whole: sent + previewed + committed + worked }
}

/** How many rows have which labels, and the sum of their amounts in cents, computed without the code of rules. */
const expectedGroups = (rules: readonly BenchRule[], rows: readonly BenchRow[]): Record<string, string> => {
  const labelled = Map.groupBy(rows, row => {
    const { category, isTransfer, merchantName, partCount, tags } = expectedLabels(rules, row)
    return [category, merchantName, tags.join(' '), isTransfer, partCount].join('|')
  })
  const centsOf = (own: readonly BenchRow[]) => own.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0)
  return Object.fromEntries([...labelled].map(([labels, own]) => [labels, `${own.length} of ${centsOf(own)}`]))
}

/** @throws if a row of the account has other labels than expected, or its transfers were not found */
const requireLabels = async (
  { administrator }: BenchPlatform,
  { checkingId, householdId }: Place,
  rules: readonly BenchRule[],
  rows: readonly BenchRow[],
) => {
  const groups = await administrator<{ labels: string; found: string }[]>`
    select concat_ws('|', category, coalesce(merchant_name, ''), array_to_string(tags, ' '), (transfer_account_id is not null)::text,
        (select count(*) from wealth.transaction_splits where transaction_id = t.id)) as labels,
      count(*) || ' of ' || (sum(amount) * 100)::bigint as found
    from wealth.transactions t where account_id = ${checkingId} group by 1`
  const found = Object.fromEntries(groups.map(group => [group.labels, group.found]))
  const expected = expectedGroups(rules, rows)
  if (!isDeepStrictEqual(found, expected))
    throw new Error(`The labels are ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}.`)
  const [{ transfers, recurring }] = (await administrator`
    select (select count(*)::int from wealth.transfers where household_id = ${householdId}) as transfers,
      (select count(*)::int from wealth.transactions where account_id = ${checkingId} and is_recurring) as recurring`) as unknown as [
    { transfers: number; recurring: number },
  ]
  if (transfers !== sentToSavings(rows).length || recurring === 0)
    throw new Error(`${transfers} transfers and ${recurring} recurring payments were found.`)
}

/**
 * Import of a file with 100,000 rows into a household with 20 rules, from its bytes until the rules, the transfers and the payments that repeat are
 * stored. Compared with COPY of the same rows, and with the same import into a household without rules.
 */
export const timeRuledImport = async (platform: BenchPlatform): Promise<void> => {
  const rows = ruledRows(ROWS, new Date().toISOString().slice(0, 10))
  const times: Record<'copied' | 'plain' | 'stored' | 'ruled', number[]> = { copied: [], plain: [], stored: [], ruled: [] }
  let labelled = 0
  let ruleCount = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const [copied, plain, ruled] = [
      await makeHousehold(platform, rows),
      await makeHousehold(platform, rows),
      await makeHousehold(platform, rows),
    ]
    const rules = benchRules(ruled.checkingId, ruled.savingsId)
    for (const { actions, conditions, match, name } of rules)
      await post(platform, '/v1/wealth/rules', { householdId: ruled.householdId, name, match, conditions, actions })
    times.copied.push(await copyRows(platform, copied.householdId, copied.checkingId, rows))
    times.plain.push((await importWithWork(platform, plain, rows)).whole)
    const imported = await importWithWork(platform, ruled, rows)
    times.stored.push(imported.stored)
    times.ruled.push(imported.whole)
    await requireLabels(platform, plain, [], rows)
    await requireLabels(platform, ruled, rules, rows)
    labelled = rows.filter(row => rules.some(({ holds }) => holds(row))).length
    ruleCount = rules.length
  }
  const [copy, plain] = [median(times.copied), median(times.plain)]
  const line = (ms: number) => ({
    'rows/s': grouped(perSecond(ROWS, ms)),
    'of COPY': `${((copy / ms) * 100).toFixed(1)} %`,
    'of the import without rules': `${((plain / ms) * 100).toFixed(0)} %`,
  })
  console.log(`\nImport with ${ruleCount} rules, which label ${grouped(labelled)} of ${grouped(ROWS)} rows; with the work that follows`)
  console.table({
    'COPY of the same rows (baseline)': line(copy),
    'import without rules (baseline)': line(plain),
    'import with rules, until its rows are stored': line(median(times.stored)),
    'import with rules, until all labels are set': line(median(times.ruled)),
  })
}
