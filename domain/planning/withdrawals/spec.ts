/** Kinds of account by tax treatment, as the small integers that slots hold. */
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
 * The order of accounts for the rest of a year's need, after required distributions and the qualified expenses that HSAs and 529 plans
 * pay. Accounts of one kind pay in proportion to their balances.
 * - conventional: taxable, then tax-deferred, then Roth, then HSA;
 * - proportional: taxable, tax-deferred and Roth together in proportion to their balances, then HSA;
 * - bracket-aware: tax-deferred up to the year's room in a tax bracket, then taxable, then Roth, then the rest of tax-deferred, then HSA;
 * - custom: groups of accounts (indexes into `accounts`) one after the other, each in proportion to balances; other accounts are not drawn on.
 */
export type WithdrawalOrder =
  | { kind: 'conventional' }
  | { kind: 'proportional' }
  | { kind: 'bracket-aware' }
  | { kind: 'custom'; groups: number[][] }

/** How a household pays for its years. Plain JSON. */
export interface WithdrawalSpec {
  /** Kind of each account, in the order of the slots. At least one must be taxable (it may be empty): a surplus goes to the first of them. */
  accounts: AccountKind[]
  order: WithdrawalOrder
}
