export const comparedFields = ['soldOn', 'quantity', 'acquiredOn', 'proceeds', 'basis', 'disallowedLoss', 'term', 'box'] as const

/** A field in which the broker and the ledger differ. */
export interface Difference {
  readonly field: (typeof comparedFields)[number]
  readonly broker: string | null
  readonly ours: string | null
  /** Of amounts and quantities: the broker's less ours. */
  readonly difference: string | null
}
