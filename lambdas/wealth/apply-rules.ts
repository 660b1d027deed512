import type { Transaction } from '../../db/database.ts'
import {
  divideByRules,
  hasActiveRules,
  logRuleChanges,
  relabelByRules,
  type RelabelledTransaction,
  ruleRunRows,
  rulesToRun,
  type RuleScope,
  type StoredForRules,
  transactionsForRules,
} from '../../db/queries/wealth/rules.ts'
import type { ruleRunSources } from '../../db/schema/wealth/rules.ts'
import { evaluateRules, RULE_LIMITS, type RuleChange } from '../../domain/wealth/index.ts'

type Source = (typeof ruleRunSources)[number]
type RuleRun = Awaited<ReturnType<typeof ruleRunRows.insert>>

const relabelled = (before: StoredForRules, changes: readonly RuleChange[]): RelabelledTransaction => {
  const after = Object.assign({ ...before }, ...changes.map(change => ({ [change.field]: change.after }))) as StoredForRules
  const { category, id, merchantName, notes, tags, transferAccountId } = after
  const provenance = Object.fromEntries(changes.map(({ field }) => [field, 'rule' as const]))
  return { id, ...category, merchantName, notes, tags, transferAccountId, provenance }
}

/**
 * Applies the rules of a household to its transactions in a scope, and logs the run. Each change is audited, which takes most of the time, so a
 * run changes at most `RULE_LIMITS.changedAtOnce` transactions, the oldest entries first.
 */
export const runRules = async (transaction: Transaction, householdId: string, scope: RuleScope, source: Source): Promise<RuleRun> => {
  const rules = await rulesToRun(transaction, householdId)
  const stored = await transactionsForRules(transaction, householdId, scope, 'change')
  const found = evaluateRules(rules, stored)
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
