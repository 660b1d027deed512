import * as z from 'zod'
import { aprKinds, liabilityKinds, liabilitySources, rateTypes } from '../../../domain/wealth/index.ts'
import { nonNegativeMoney } from '../../../domain/shared/index.ts'
import { calendarDate, instant, nameSchemas, uuid } from '../../runtime/schemas.ts'

const interestRate = z
  .string()
  .regex(/^\d(\.\d{1,6})?$/, 'must be a fraction of a year with at most six decimals, like "0.0399" for 3.99 %')
  .meta({ id: 'InterestRate', description: 'A fraction of a year: "0.0399" is 3.99 %.', example: '0.0399' })

const amount = nonNegativeMoney.nullable()
const day = calendarDate.nullable()

/** What a person can enter. Each field can be left out. */
const enteredFields = {
  interestRate: interestRate.nullable().default(null).describe('Of a card: for purchases.'),
  minimumPayment: amount.default(null).describe('What has to be paid next: of a card the minimum, of a loan the payment.'),
  nextPaymentDueOn: day.default(null),
  lastPaymentAmount: amount.default(null),
  lastPaymentOn: day.default(null),
  lastStatementBalance: amount.default(null).describe('What was owed on the last statement.'),
  lastStatementOn: day.default(null),
  originalPrincipal: amount.default(null).describe('What was borrowed at first.'),
  originatedOn: day.default(null).describe('When the loan began.'),
  maturesOn: day.default(null).describe('When the loan ends.'),
}

export const liabilityBody = z.strictObject({
  terms: z.strictObject(enteredFields).nullable().describe('Null removes them.'),
})

const decimal = z.string()
const cardRate = z.strictObject({
  kind: z.enum(aprKinds),
  rate: decimal.describe('A fraction of a year.'),
  balance: decimal.optional().describe('What of the balance has this rate.'),
  interestCharged: decimal.optional().describe('Interest of the last statement.'),
})
const details = z.strictObject({
  rateType: z.enum(rateTypes).optional(),
  loanType: z.string().optional(),
  term: z.string().optional(),
  escrowBalance: decimal.optional(),
  lateFee: decimal.optional(),
  pastDue: decimal.optional(),
  hasMortgageInsurance: z.boolean().optional(),
  hasPrepaymentPenalty: z.boolean().optional(),
  interestPaidThisYear: decimal.optional(),
  principalPaidThisYear: decimal.optional(),
  loanName: z.string().optional(),
  guarantor: z.string().optional(),
  status: z.string().optional(),
  statusEndsOn: calendarDate.optional(),
  repaymentPlan: z.string().optional(),
  outstandingInterest: decimal.optional(),
})

const decimalOrNull = decimal.nullable()
export const liabilityTerms = z.strictObject({
  kind: z.enum(liabilityKinds),
  source: z.enum(liabilitySources).describe('`plaid`: the institution states them, and nobody can change them.'),
  interestRate: decimalOrNull.describe('A fraction of a year. Of a card: for purchases.'),
  aprs: z.array(cardRate).describe('All rates of a card.'),
  minimumPayment: decimalOrNull,
  nextPaymentDueOn: day,
  isOverdue: z.boolean().nullable().describe('A payment was not made in time. Null: not known.'),
  lastPaymentAmount: decimalOrNull,
  lastPaymentOn: day,
  lastStatementBalance: decimalOrNull,
  lastStatementOn: day,
  originalPrincipal: decimalOrNull,
  originatedOn: day,
  maturesOn: day,
  details: details.describe('What an institution states about a mortgage or student loan, and not about other debts.'),
  updatedAt: instant,
})

export const liability = z.strictObject({
  accountId: uuid,
  terms: liabilityTerms.nullable().describe('Null if nobody has stated them.'),
  version: z.int().describe('The version of the account.'),
})

nameSchemas({ CardRate: cardRate, LiabilityDetails: details, LiabilityTerms: liabilityTerms, AccountLiability: liability })
