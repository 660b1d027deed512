/** What the terms of a debt are those of. An account of the type `loan` can be a student loan. */
export const liabilityKinds = ['credit_card', 'mortgage', 'student_loan', 'loan'] as const
export type LiabilityKind = (typeof liabilityKinds)[number]

/** Who has stated the terms of a debt. */
export const liabilitySources = ['person', 'plaid'] as const

/** What a rate of a card is for. */
export const aprKinds = ['purchase', 'balance_transfer', 'cash', 'special'] as const

/** A rate of a card. `rate` is a fraction of a year as decimal text. */
export interface CardRate {
  readonly kind: (typeof aprKinds)[number]
  readonly rate: string
  /** What of the balance has this rate. */
  readonly balance?: string
  /** Interest of the last statement. */
  readonly interestCharged?: string
}

export const rateTypes = ['fixed', 'variable'] as const

/** What an institution states about a mortgage or student loan, and not about other debts. Amounts are decimal text. */
export interface LiabilityDetails {
  readonly rateType?: (typeof rateTypes)[number]
  /** Such as conventional. */
  readonly loanType?: string
  /** Such as 30 year. */
  readonly term?: string
  readonly escrowBalance?: string
  readonly lateFee?: string
  readonly pastDue?: string
  readonly hasMortgageInsurance?: boolean
  readonly hasPrepaymentPenalty?: boolean
  readonly interestPaidThisYear?: string
  readonly principalPaidThisYear?: string
  readonly loanName?: string
  readonly guarantor?: string
  /** Such as repayment or deferment. */
  readonly status?: string
  readonly statusEndsOn?: string
  readonly repaymentPlan?: string
  readonly outstandingInterest?: string
}
