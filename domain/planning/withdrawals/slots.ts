/** What a path's accounts hold, a slot an account; nominal dollars. */
export interface AccountSlots {
  balance: Float64Array
  /** Taxable: cost of what is held (average cost). Roth: contributions, and conversions made five years ago or more. Other kinds: unused. */
  basis: Float64Array
  /** Roth: conversions made less than five years ago. Other kinds: unused. */
  recentConversions: Float64Array
}

/** What a year asks of the accounts; nominal dollars. The caller may reuse the object. */
export interface WithdrawalYear {
  /**
   * Cash to come from the accounts, apart from the tax that the tax function tells: spending less other income.
   * Negative when income is more than spending.
   */
  need: number
  /** Part of the need that is qualified medical expenses: an HSA pays it before other accounts. */
  medicalNeed: number
  /** Part of the need that is qualified education expenses: 529 plans pay it before other accounts. */
  educationNeed: number
  /** Ordinary income from tax-deferred accounts, required distributions included, that stays within the bracket to be filled. */
  bracketRoom: number
  /** Required minimum distribution of each account; taken first, and as far as the balance goes. */
  required: Float64Array
  /** What each IRA gives to charity: taken whatever the need is, towards what is required, and no income. Within the balance. */
  charitable: Float64Array
  /** 1 for each account whose owner is below the age of unpenalised withdrawals (59 1/2; of an HSA 65), else 0. */
  early: Uint8Array
  /** 1 for each Roth account whose earnings are taxed: its owner is below 59 1/2, or had no Roth account five years ago. */
  earningsTaxed: Uint8Array
}

/** What withdrawals add to the year's tax return; nominal dollars. */
export interface WithdrawalIncome {
  /** Ordinary income: tax-deferred, non-medical HSA, and earnings of a Roth account before they are qualified. */
  ordinary: number
  /** Realised gain of taxable accounts, in proportion to what was sold; negative for a loss. */
  gain: number
  /** Withdrawals subject to the additional tax on early distributions (10 %, 26 U.S.C. 72(t)). */
  early: number
  /** Non-medical HSA withdrawals subject to their additional tax (20 %, 26 U.S.C. 223(f)(4)). */
  earlyHsa: number
}

/**
 * The household's whole tax of the year, given what the accounts add to its other income. Pure; called several times a year with one object,
 * which it must not keep.
 */
export type TaxOfWithdrawals = (income: Readonly<WithdrawalIncome>) => number

/** What a year's withdrawals came to; nominal dollars. One object serves path after path. */
export interface Withdrawals {
  /** Withdrawn from each account. */
  amounts: Float64Array
  income: WithdrawalIncome
  tax: number
  /** Paid by HSAs for medical expenses, and by 529 plans for education. */
  medicalPaid: number
  educationPaid: number
  /** Left over after need and tax, and put into the plan's surplus account at full basis. */
  surplus: number
  /** Missing for need and tax when the accounts were empty. To the cent: sum of amounts + unfunded = need + tax + surplus. */
  unfunded: number
  /** Part of each amount that no order decides: required distributions, gifts to charity and qualified expenses. */
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
