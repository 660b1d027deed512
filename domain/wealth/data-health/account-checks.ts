import { addDays, addMonths, daysBetween, Decimal } from '../../shared/index.ts'
import { balanceFault } from '../account-rules.ts'
import { type AccountType, isDebt } from '../account-types.ts'
import { balanceAgeDays, isStaleBalance } from '../staleness.ts'
import { accountSubject, type Finding, found } from './checks.ts'
import type { HealthAccount, HealthFacts, MonthOfAccount } from './facts.ts'
import { healthLimits } from './limits.ts'

/** Types of accounts in which the tax of a gain depends on the tax type. */
const investing: ReadonlySet<AccountType> = new Set(['investment', 'retirement'])

const lastDayOfMonth = (first: string): string => addDays(addMonths(first, 1), -1)

const monthsApart = (from: string, to: string): number =>
  12 * (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) + Number(to.slice(5, 7)) - Number(from.slice(5, 7))

/** Whole months without transactions between two with some, in an account in which most months with transactions follow one another. */
const coverageGaps = (account: HealthAccount): Finding[] => {
  const { months } = account
  const steps = months
    .slice(1)
    .map(({ month }, index) => ({ from: months[index]!.month, until: month, step: monthsApart(months[index]!.month, month) }))
  const isRegular = months.length >= healthLimits.regularMonths && steps.filter(({ step }) => step === 1).length * 2 > steps.length
  if (!isRegular) return []
  return steps
    .filter(({ step }) => step > healthLimits.gapMonths)
    .map(({ from, step, until }) =>
      found('coverage_gap', accountSubject(account), { from: addMonths(from, 1), until: addDays(until, -1), months: step - 1 }),
    )
}

/** The first month at the end of which the account was below what it may be, with the balance. */
const firstFault = ({ creditLimit, openingBalance, type }: HealthAccount, months: readonly MonthOfAccount[]) => {
  let balance = new Decimal(openingBalance)
  for (const { amount, month } of months) {
    balance = balance.plus(amount)
    if (balanceFault(type, balance.toFixed(2), creditLimit) !== undefined)
      return { date: lastDayOfMonth(month), balance: balance.toFixed(2) }
  }
  return undefined
}

const checkBalance = (account: HealthAccount): Finding[] => {
  const { balance, balanceSource, closedOn, creditLimit, currency, months, openingBalance, type } = account
  const subject = accountSubject(account)
  if (balance === null) return []
  if (closedOn !== null)
    return new Decimal(balance).isZero() ? [] : [found('closed_with_balance', subject, { balance, currency, date: closedOn })]
  if (isDebt(type))
    return new Decimal(balance).greaterThan(0)
      ? [found('debt_above_zero', subject, { balance, currency }, type === 'credit_card' ? 'hint' : 'warning')]
      : []
  if (balanceSource === 'stated') return []
  if (balanceFault(type, balance, creditLimit) !== undefined) return [found('balance_below_zero', subject, { balance, currency })]
  const fault = new Decimal(openingBalance).isZero() ? firstFault(account, months) : undefined
  return fault ? [found('no_opening_balance', subject, { ...fault, currency })] : []
}

/** A ledger is compared with a statement at the end of its day and of the day before, and with what was pending. */
const checkStatement = (account: HealthAccount): Finding[] => {
  const { currency, statement } = account
  if (statement === null || account.closedOn !== null) return []
  const { balance: stated, date, ledger, ledgerBefore, pending } = statement
  const possible = [ledger, ledgerBefore, new Decimal(ledger).plus(pending)]
  if (possible.some(each => new Decimal(stated).equals(each))) return []
  const difference = new Decimal(stated).minus(ledger).toFixed(2)
  return [found('balance_differs', accountSubject(account), { stated, balance: ledger, difference, currency, date })]
}

const checkAge = (account: HealthAccount, today: string): Finding[] => {
  const { balanceDate, balanceSource, months, openingBalance, type } = account
  const subject = accountSubject(account)
  const isStated = balanceSource === 'stated'
  const isEmpty = isStated ? balanceDate === null : months.length === 0 && new Decimal(openingBalance).isZero()
  if (isEmpty) return [found('nothing_recorded', subject, { isStated })]
  if (balanceDate === null || !isStaleBalance(type, balanceSource, balanceDate, today)) return []
  const facts = { date: balanceDate, days: daysBetween(balanceDate, today), allowedDays: balanceAgeDays(type, balanceSource) }
  return [found(isStated ? 'stale_balance' : 'nothing_entered', subject, facts)]
}

const checkAccount = (account: HealthAccount, today: string): Finding[] => {
  const { balanceSource, closedOn, gaps, taxType, type } = account
  const subject = accountSubject(account)
  const isOpen = closedOn === null
  return [
    ...checkStatement(account),
    ...checkBalance(account),
    ...(isOpen ? checkAge(account, today) : []),
    ...(isOpen && taxType === null && investing.has(type) ? [found('no_tax_type', subject, {})] : []),
    ...(balanceSource === 'ledger' ? coverageGaps(account) : []),
    ...gaps
      .map(gap => ({ ...gap, days: daysBetween(gap.from, gap.until) }))
      .filter(({ days }) => days > balanceAgeDays(type, 'stated'))
      .map(gap => found('statement_gap', subject, gap)),
  ]
}

/** Accounts that are not up to date, or of which the ledger cannot be right. */
export const checkAccounts = ({ accounts, today }: HealthFacts): Finding[] => accounts.flatMap(account => checkAccount(account, today))
