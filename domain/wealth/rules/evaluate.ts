import { labelsOfAction } from './actions.ts'
import { compileConditions, subjectMaker } from './conditions.ts'
import type { Rule } from './schema.ts'
import { labelFields, type LabelField, type Labels, type RuleChange, type RuleTransaction } from './transaction.ts'

export interface RuleEvaluation {
  /** In the order of the transactions; of one transaction in the order of the fields. */
  readonly changes: readonly RuleChange[]
  /** Transactions on which the rules contradict one another without end. Nothing is changed on them. */
  readonly contradictions: readonly string[]
}

type Authors = Partial<Record<LabelField, string>>

const equal = (one: unknown, other: unknown): boolean =>
  one === other || (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other))

const labelsOf = ({ category, merchantName, notes, splits, tags, transferAccountId }: RuleTransaction): Labels => ({
  category,
  merchantName,
  notes,
  tags,
  transferAccountId,
  splits,
})

/**
 * Applies rules to transactions. The rules run in their order, and a later rule reads what an earlier one has set. They run again until nothing
 * changes, so that a second evaluation changes nothing. What a person has set stays. Inactive rules are left out.
 * @throws DomainError for a pattern that cannot be read
 */
export const evaluateRules = (rules: readonly Rule[], transactions: Iterable<RuleTransaction>): RuleEvaluation => {
  const active = rules.filter(({ isActive }) => isActive)
  const tests = compileConditions(active)
  const subjectOf = subjectMaker()
  const changes: RuleChange[] = []
  const contradictions: string[] = []

  /** Runs the rules once. Returns undefined if nothing has changed. */
  const pass = (transaction: RuleTransaction, start: Labels, authors: Authors): Labels | undefined => {
    let labels = start
    let subject = subjectOf(transaction, labels)
    for (const [index, rule] of active.entries()) {
      if (!tests[index]!(subject)) continue
      for (const action of rule.actions) {
        const wanted = labelsOfAction(action, labels, transaction)
        for (const field of Object.keys(wanted) as LabelField[]) {
          if (transaction.provenance[field] === 'person' || equal(labels[field], wanted[field])) continue
          labels = { ...labels, [field]: wanted[field] }
          authors[field] = rule.id
        }
      }
      if (subject.labels !== labels) subject = subjectOf(transaction, labels)
      if (rule.stopAfter) break
    }
    return labels === start || labelFields.every(field => equal(labels[field], start[field])) ? undefined : labels
  }

  for (const transaction of transactions) {
    const before = labelsOf(transaction)
    const authors: Authors = {}
    let after = before
    let next = pass(transaction, before, authors)
    // Each pass can be the cause of one more rule. More passes than rules are a circle.
    for (let left = active.length; next !== undefined && left >= 0; left -= 1) {
      after = next
      next = pass(transaction, after, authors)
    }
    if (next !== undefined) {
      contradictions.push(transaction.id)
      continue
    }
    for (const field of labelFields) {
      if (equal(before[field], after[field])) continue
      changes.push({
        transactionId: transaction.id,
        ruleId: authors[field]!,
        field,
        before: before[field],
        after: after[field],
      } as RuleChange)
    }
  }
  return { changes, contradictions }
}
