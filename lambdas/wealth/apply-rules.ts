import type { Transaction } from '../../db/database.ts'
import { findUndone, type RuleScope, type StoredForRules, transactionsForRules } from '../../db/queries/wealth/rule-transactions.ts'
import {
  divideByRules,
  hasActiveRules,
  logRuleChanges,
  relabelByRules,
  type RelabelledTransaction,
  ruleRunRows,
  rulesToRun,
} from '../../db/queries/wealth/rules.ts'
import type { ruleRunSources } from '../../db/schema/wealth/rules.ts'
import { evaluateRules, type Rule, RULE_LIMITS, type RuleChange, type RuleEvaluation } from '../../domain/wealth/index.ts'

type Source = (typeof ruleRunSources)[number]
type RuleRun = Awaited<ReturnType<typeof ruleRunRows.insert>>

const relabelled = (before: StoredForRules, changes: readonly RuleChange[]): RelabelledTransaction => {
  const after = Object.assign({ ...before }, ...changes.map(change => ({ [change.field]: change.after }))) as StoredForRules
  const { category, id, merchantName, notes, tags, transferAccountId } = after
  const provenance = Object.fromEntries(changes.map(({ field }) => [field, 'rule' as const]))
  return { id, ...category, merchantName, notes, tags, transferAccountId, provenance }
}

interface Evaluated {
  readonly rules: readonly Rule[]
  readonly stored: readonly StoredForRules[]
  readonly found: RuleEvaluation
}

const evaluate = async (transaction: Transaction, householdId: string, stored: readonly StoredForRules[]): Promise<Evaluated> => {
  const rules = await rulesToRun(transaction, householdId)
  return { rules, stored, found: evaluateRules(rules, stored) }
}

/** Stores what was found on locked transactions, and logs the run. */
const storeRun = async (
  transaction: Transaction,
  householdId: string,
  { found, rules, stored }: Evaluated,
  source: Source,
): Promise<RuleRun> => {
  const byTransaction = [...Map.groupBy(found.changes, ({ transactionId }) => transactionId)]
  const changed = byTransaction.slice(0, RULE_LIMITS.changedAtOnce)
  const changes = changed.flatMap(([, own]) => own)
  const run = await ruleRunRows.insert(transaction, {
    householdId,
    source,
    transactionCount: stored.length,
    changeCount: changes.length,
    contradictionCount: found.contradictions.length,
    remainingCount: byTransaction.length - changed.length,
  })
  const byId = new Map(stored.map(row => [row.id, row]))
  const names = new Map(rules.map(({ id, name }) => [id, name]))
  const rows = changed.map(([id, own]) => relabelled(byId.get(id)!, own))
  await relabelByRules(transaction, householdId, rows)
  const divided = changes.flatMap(({ after, field, transactionId: id }) => (field === 'splits' ? [{ id, splits: after }] : []))
  await divideByRules(transaction, householdId, divided)
  const logged = changes.map(change => ({
    ...change,
    ruleName: names.get(change.ruleId)!,
    provenanceBefore: byId.get(change.transactionId)!.stored[change.field] ?? null,
  }))
  await logRuleChanges(transaction, run, logged)
  return run
}

/**
 * Applies the rules of a household to its transactions in a scope, and logs the run. Each change is audited, which takes most of the time, so a
 * run changes at most `RULE_LIMITS.changedAtOnce` transactions, the oldest entries first.
 */
export const runRules = async (transaction: Transaction, householdId: string, scope: RuleScope, source: Source): Promise<RuleRun> => {
  const stored = await transactionsForRules(transaction, householdId, scope, 'change')
  return storeRun(transaction, householdId, await evaluate(transaction, householdId, stored), source)
}

/**
 * Applies the rules of a household to the next `RULE_LIMITS.changedAtOnce` transactions of a scope, without those of which a person has undone a
 * run. A run is logged if it changes something.
 * @param after the id of the last transaction of the call before; null: begins with the first
 * @returns the id of the last transaction that it has read, null if none was left, and how many labels it set
 */
export const runRulesOnPage = async (
  transaction: Transaction,
  householdId: string,
  scope: RuleScope,
  source: Source,
  after: string | null,
): Promise<{ readonly last: string | null; readonly changeCount: number }> => {
  const page = await transactionsForRules(transaction, householdId, scope, 'change', { after, limit: RULE_LIMITS.changedAtOnce })
  const [first, last] = [page[0], page.at(-1)]
  if (!first || !last) return { last: null, changeCount: 0 }
  // A condition of the statement that reads the page would be checked for all that is left, against a log that has grown since it was analyzed.
  const undone = await findUndone(transaction, householdId, first.id, last.id)
  const evaluated = await evaluate(
    transaction,
    householdId,
    page.filter(({ id }) => !undone.has(id)),
  )
  if (evaluated.found.changes.length > 0) await storeRun(transaction, householdId, evaluated, source)
  return { last: last.id, changeCount: evaluated.found.changes.length }
}

/**
 * Applies the rules of a household to new transactions: call it in the transaction that adds them. Without an active rule it does nothing.
 * @returns how many labels it set
 */
export const applyRules = async (
  transaction: Transaction,
  householdId: string,
  transactionIds: readonly string[],
  source: Source,
): Promise<number> => {
  if (transactionIds.length === 0) return 0
  if (!(await hasActiveRules(transaction, householdId))) return 0
  const { changeCount } = await runRules(transaction, householdId, { transactionIds }, source)
  return changeCount
}
