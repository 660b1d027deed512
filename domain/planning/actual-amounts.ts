import { type CalendarDate, Decimal, formatMoney, type Money, yearsBetween } from '../shared/index.ts'

/** What a plan takes for a real balance, or the reason why it cannot take it. */
export type ActualAmount = { readonly amount: Money } | { readonly fault: string }

/** Plans are in US dollars. */
const CURRENCY = 'USD'

/**
 * The amount of a plan for the balance of a real account, debt or property. What is owed is below zero in an account, and a positive number in a
 * plan. A debt that was paid too much owes nothing.
 * @param balance in dollars, with the sign of the account
 */
export const actualAmountOf = (inputType: string, balance: Decimal): ActualAmount => {
  if (inputType === 'debt') return { amount: formatMoney(Decimal.max(0, balance.negated()), CURRENCY) }
  if (balance.isNegative() && !balance.isZero()) return { fault: 'the balance is below zero, which a plan cannot have' }
  return { amount: formatMoney(balance.abs(), CURRENCY) }
}

/**
 * The sum of accounts and properties less the debts of a plan, in dollars.
 * @param inputs each with its amount in the plan
 */
export const netWorthOf = (inputs: readonly { readonly inputType: string; readonly amount: Money }[]): Money =>
  formatMoney(
    inputs.reduce((sum, { amount, inputType }) => (inputType === 'debt' ? sum.minus(amount) : sum.plus(amount)), new Decimal(0)),
    CURRENCY,
  )

/**
 * The change of prices between two days at a steady rate, as a fraction with eight decimals, so that every processor gives the same.
 * @param annualRate inflation per year, as a fraction
 */
export const steadyPriceChange = (annualRate: number, from: CalendarDate, to: CalendarDate): number =>
  new Decimal(1).plus(annualRate).pow(yearsBetween(from, to)).minus(1).toDecimalPlaces(8).toNumber()
