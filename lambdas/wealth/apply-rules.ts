import type { Transaction } from '../../db/database.ts'
import {
  logRuleChanges,
  relabelByRules,
  type RelabelledTransaction,
  ruleRunRows,
  rulesOfHousehold,
  type RuleScope,
  type StoredForRules,
  transactionsForRules,
} from '../../db/queries/wealth/rules.ts'
import type { ruleRunSources } from '../../db/schema/wealth/rules.ts'
import { evaluateRules, type RuleChange } from '../../domain/wealth/index.ts'

type Source = (typeof ruleRunSources)[number]
type RuleRun = Awaited<ReturnType<typeof ruleRunRows.insert>>

const relabelled = (before: StoredForRules, changes: readonly RuleChange[]): RelabelledTransaction => {
  const after = Object.assign({ ...before }, ...changes.map(change => ({ [change.field]: change.after }))) as StoredForRules
  const { category, id, merchantName, notes, tags, transferAccountId } = after
  const provenance = Object.fromEntries(changes.map(({ field }) => [field, 'rule' as const]))
  return { id, ...category, merchantName, notes, tags, transferAccountId, provenance }
}

/** Applies the rules of a household to its transactions in a scope, and logs the run. */
export const runRules = async (transaction: Transaction, householdId: string, scope: RuleScope, source: Source): Promise<RuleRun> => {
  const rules = await rulesOfHousehold(transaction, householdId)
  const stored = await transactionsForRules(transaction, householdId, scope, 'change')
  const { changes, contradictions } = evaluateRules(rules, stored)
  const run = await ruleRunRows.insert(transaction, {
    householdId,
    source,
    transactionCount: stored.length,
    changeCount: changes.length,
    contradictionCount: contradictions.length,
  })
  const byId = new Map(stored.map(row => [row.id, row]))
  const names = new Map(rules.map(({ id, name }) => [id, name]))
  const byTransaction = Map.groupBy(changes, ({ transactionId }) => transactionId)
  const rows = [...byTransaction].map(([id, own]) => relabelled(byId.get(id)!, own))
  await relabelByRules(transaction, householdId, rows)
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
  const rules = await rulesOfHousehold(transaction, householdId)
  if (!rules.some(({ isActive }) => isActive)) return 0
  const { changeCount } = await runRules(transaction, householdId, { transactionIds }, source)
  return changeCount
}
