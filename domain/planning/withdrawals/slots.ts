/** The balances of a path's accounts, one slot per account, in nominal dollars. */
export interface AccountSlots {
  balance: Float64Array
  /** Taxable: average cost of the holdings. Roth: contributions, and conversions made five years ago or more. Other kinds: unused. */
  basis: Float64Array
  /** Roth: conversions made less than five years ago. Other kinds: unused. */
  recentConversions: Float64Array
}

/** A year's demands on the accounts, in nominal dollars. The caller may reuse the object. */
export interface WithdrawalYear {
  /**
   * Cash that the accounts must give, not counting the tax of the tax function: spending less other income.
   * Negative when income is more than spending.
   */
  need: number
  /** Part of the need that is qualified medical expenses: an HSA pays it before other accounts. */
  medicalNeed: number
  /** Part of the need that is qualified education expenses: 529 plans pay it before other accounts. */
  educationNeed: number
  /** Room in the tax bracket: ordinary income from tax-deferred accounts, including required distributions, that stays within it. */
  bracketRoom: number
  /** Required minimum distribution of each account, taken first, and limited to the balance. */
  required: Float64Array
  /** Gifts to charity from each IRA, within its balance, whatever the need. They count towards required distributions and are no income. */
  charitable: Float64Array
  /** 1 for each account of an owner below the age of withdrawals without a penalty (59 1/2; for an HSA 65), else 0. */
  early: Uint8Array
  /** 1 for each Roth account with taxed earnings: its owner is below 59 1/2, or had no Roth account five years ago. */
  earningsTaxed: Uint8Array
}

/** The amounts that withdrawals add to the year's tax return, in nominal dollars. */
export interface WithdrawalIncome {
  /** Ordinary income: tax-deferred, non-medical HSA, and earnings of a Roth account before they are qualified. */
  ordinary: number
  /** Realised gain of taxable accounts, in proportion to the part sold; negative for a loss. */
  gain: number
  /** Withdrawals subject to the additional tax on early distributions (10 %, 26 U.S.C. 72(t)). */
  early: number
  /** Non-medical HSA withdrawals subject to their additional tax (20 %, 26 U.S.C. 223(f)(4)). */
  earlyHsa: number
}

/**
 * The household's total tax of the year, given the income from the accounts. A pure function. It is called several times per year with the
 * same object, which it must not keep.
 */
export type TaxOfWithdrawals = (income: Readonly<WithdrawalIncome>) => number

/** The outcome of a year's withdrawals, in nominal dollars. One object is reused for path after path. */
export interface Withdrawals {
  /** Withdrawn from each account. */
  amounts: Float64Array
  income: WithdrawalIncome
  tax: number
  /** Paid by HSAs for medical expenses, and by 529 plans for education. */
  medicalPaid: number
  educationPaid: number
  /** Cash left after need and tax. It goes into the plan's surplus account at full basis. */
  surplus: number
  /** Part of need and tax that is unpaid because the accounts are empty. To the cent: sum of amounts + unfunded = need + tax + surplus. */
  unfunded: number
  /** Part of each amount that does not depend on the order: required distributions, gifts to charity and qualified expenses. */
  committed: Float64Array
  /** Part of each amount that is qualified expenses or gifts to charity. */
  qualified: Float64Array
}

export function createAccountSlots(accounts: number): AccountSlots {
  return { balance: new Float64Array(accounts), basis: new Float64Array(accounts), recentConversions: new Float64Array(accounts) }
}

export function createWithdrawals(accounts: number): Withdrawals {
  return {
    amounts: new Float64Array(accounts),
    income: { ordinary: 0, gain: 0, early: 0, earlyHsa: 0 },
    tax: 0,
    medicalPaid: 0,
    educationPaid: 0,
    surplus: 0,
    unfunded: 0,
    committed: new Float64Array(accounts),
    qualified: new Float64Array(accounts),
  }
}
