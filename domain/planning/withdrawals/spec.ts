/** Kinds of account by their tax treatment, as the small integers that slots hold. */
export const ACCOUNT_KIND = {
  /** Bought with taxed money; gains are taxed when realised. */
  taxable: 0,
  /** Traditional IRA, 401(k) and the like: withdrawals are ordinary income. */
  taxDeferred: 1,
  /** Roth: qualified withdrawals are free of tax. */
  roth: 2,
  /** Health savings account: free of tax for medical expenses, else ordinary income. */
  hsa: 3,
  /** Section 529 plan: pays for education only. */
  education: 4,
} as const

export type AccountKind = keyof typeof ACCOUNT_KIND

/**
 * From which accounts the rest of a year's need is taken, after required distributions and what an HSA or a 529 plan pays for its purpose.
 * Accounts of one kind share in proportion to their balances.
 * - conventional: taxable, then tax-deferred, then Roth, then HSA;
 * - proportional: taxable, tax-deferred and Roth together in proportion to their balances, then HSA;
 * - bracket-aware: tax-deferred up to the year's room in a tax bracket, then taxable, then Roth, then the rest of tax-deferred, then HSA;
 * - custom: groups of accounts (indexes into `accounts`) one after the other, each group in proportion to balances; accounts in no group are spared.
 */
export type WithdrawalOrder =
  | { kind: 'conventional' }
  | { kind: 'proportional' }
  | { kind: 'bracket-aware' }
  | { kind: 'custom'; groups: number[][] }

/** How a household pays for its years. Plain JSON. */
export interface WithdrawalSpec {
  /** Kind of each account, in the order of the slots. One must be taxable, if an empty one: what is left over in a year goes to the first. */
  accounts: AccountKind[]
  order: WithdrawalOrder
}
