import { Decimal } from 'decimal.js'
import type { APR, CreditCardLiability, LiabilitiesObject, MortgageLiability, StudentLoan } from 'plaid'
import { aprKinds, type CardRate, type LiabilityDetails, type LiabilityKind, rateTypes } from '../../../domain/wealth/index.ts'
import { cents } from './rows.ts'

type Details = { readonly [Name in keyof LiabilityDetails]: LiabilityDetails[Name] | undefined }
type Given<Value> = Value | null | undefined

/** Plaid has per cent. */
const rateOf = (percentage: Given<number>): string | null =>
  percentage === null || percentage === undefined ? null : new Decimal(percentage).div(100).toDecimalPlaces(6).toFixed()

const words = (text: Given<string>): string | undefined => text?.slice(0, 200) || undefined
const amount = (value: Given<number>): string | undefined => cents(value) ?? undefined

const cardRate = ({ apr_percentage, apr_type, balance_subject_to_apr, interest_charge_amount }: APR): CardRate => ({
  kind: aprKinds.find(kind => apr_type.replace(/_apr$/, '') === kind) ?? 'special',
  rate: rateOf(apr_percentage) ?? '0',
  ...(balance_subject_to_apr === null ? {} : { balance: cents(balance_subject_to_apr)! }),
  ...(interest_charge_amount === null ? {} : { interestCharged: cents(interest_charge_amount)! }),
})

/** The columns that Plaid names equally for two kinds. */
const common = (given: CreditCardLiability | MortgageLiability | StudentLoan) => ({
  accountId: given.account_id,
  nextPaymentDueOn: given.next_payment_due_date ?? null,
  lastPaymentAmount: cents(given.last_payment_amount),
  lastPaymentOn: given.last_payment_date ?? null,
})
const ofStatement = (given: CreditCardLiability | StudentLoan) => ({
  ...common(given),
  minimumPayment: cents(given.minimum_payment_amount),
  isOverdue: given.is_overdue ?? null,
  lastStatementBalance: cents(given.last_statement_balance),
  lastStatementOn: given.last_statement_issue_date ?? null,
})
const ofLoan = (given: MortgageLiability | StudentLoan) => ({
  originalPrincipal: cents(given.origination_principal_amount),
  originatedOn: given.origination_date ?? null,
})

const noStatement = { lastStatementBalance: null, lastStatementOn: null }
const noLoan = { originalPrincipal: null, originatedOn: null, maturesOn: null, details: {} satisfies LiabilityDetails }

const ofCard = (given: CreditCardLiability) => {
  const aprs = given.aprs.map(cardRate)
  return {
    kind: 'credit_card' satisfies LiabilityKind,
    ...ofStatement(given),
    ...noLoan,
    aprs,
    interestRate: aprs.find(({ kind }) => kind === 'purchase')?.rate ?? null,
  }
}

const ofMortgage = (given: MortgageLiability) => {
  const details: Details = {
    rateType: rateTypes.find(type => given.interest_rate.type === type),
    loanType: words(given.loan_type_description),
    term: words(given.loan_term),
    escrowBalance: amount(given.escrow_balance),
    lateFee: amount(given.current_late_fee),
    pastDue: amount(given.past_due_amount),
    hasMortgageInsurance: given.has_pmi ?? undefined,
    hasPrepaymentPenalty: given.has_prepayment_penalty ?? undefined,
    interestPaidThisYear: amount(given.ytd_interest_paid),
    principalPaidThisYear: amount(given.ytd_principal_paid),
  }
  return {
    kind: 'mortgage' satisfies LiabilityKind,
    ...common(given),
    ...noStatement,
    ...ofLoan(given),
    maturesOn: given.maturity_date ?? null,
    aprs: [],
    interestRate: rateOf(given.interest_rate.percentage),
    minimumPayment: cents(given.next_monthly_payment),
    isOverdue: given.past_due_amount === null || given.past_due_amount === undefined ? null : given.past_due_amount > 0,
    details,
  }
}

const ofStudentLoan = (given: StudentLoan) => {
  const details: Details = {
    loanName: words(given.loan_name),
    guarantor: words(given.guarantor),
    status: words(given.loan_status.type),
    statusEndsOn: given.loan_status.end_date ?? undefined,
    repaymentPlan: words(given.repayment_plan.description),
    outstandingInterest: amount(given.outstanding_interest_amount),
    interestPaidThisYear: amount(given.ytd_interest_paid),
    principalPaidThisYear: amount(given.ytd_principal_paid),
  }
  return {
    kind: 'student_loan' satisfies LiabilityKind,
    ...ofStatement(given),
    ...ofLoan(given),
    maturesOn: given.expected_payoff_date ?? null,
    aprs: [],
    interestRate: rateOf(given.interest_rate_percentage),
    details,
  }
}

/**
 * The terms of debts as wealth.store_liabilities takes them. Numbers of accounts and of payments, and addresses, are left out: the household does
 * not need them here, and they identify.
 */
export const liabilityRows = ({ credit, mortgage, student }: LiabilitiesObject) =>
  [...(credit ?? []).map(ofCard), ...(mortgage ?? []).map(ofMortgage), ...(student ?? []).map(ofStudentLoan)].filter(
    ({ accountId }) => accountId !== null,
  )
