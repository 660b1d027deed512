import type { TransactionCategory } from '../categories.ts'
import type { Provenance } from '../ledger-terms.ts'
import type { TransactionType } from '../transaction-types.ts'

/** A part of a split amount, with the sign of the whole. */
export interface SplitLine {
  readonly category: TransactionCategory
  readonly categoryId: string | null
  readonly amount: string
  readonly notes: string | null
}

export interface CategoryLabel {
  readonly category: TransactionCategory
  readonly categoryId: string | null
}

/** What rules can set on a transaction. */
export interface Labels {
  readonly category: CategoryLabel
  readonly merchantName: string | null
  readonly notes: string | null
  /** Without repeats. */
  readonly tags: readonly string[]
  /** The account that the money of a transfer goes to or comes from. */
  readonly transferAccountId: string | null
  readonly splits: readonly SplitLine[]
}

export const labelFields = ['category', 'merchantName', 'notes', 'tags', 'transferAccountId', 'splits'] as const satisfies (keyof Labels)[]
export type LabelField = (typeof labelFields)[number]

/** A transaction as rules read it. */
export interface RuleTransaction extends Labels {
  readonly id: string
  readonly accountId: string
  readonly type: TransactionType
  readonly date: string
  readonly amount: string
  readonly currency: string
  readonly description: string
  /** Who has set each label. */
  readonly provenance: Readonly<Partial<Record<string, Provenance>>>
}

/** What rules changed of a label of a transaction. `ruleId` is the rule that set its last value. */
export type RuleChange = {
  [Field in LabelField]: {
    readonly transactionId: string
    readonly ruleId: string
    readonly field: Field
    readonly before: Labels[Field]
    readonly after: Labels[Field]
  }
}[LabelField]

/** Hundredths of the currency, exact: an amount of the ledger has at most 15 digits. */
export const hundredthsOf = (amount: string): number => {
  const [whole, fraction = ''] = amount.replace('-', '').split('.') as [string, string?]
  const size = Number(whole) * 100 + Number(fraction.padEnd(2, '0'))
  return amount.startsWith('-') ? -size : size
}
