import { Decimal } from 'decimal.js'
import type { AccountBase, Holding, InvestmentTransaction, Security, Transaction } from 'plaid'
import { minorDigits } from '../../../domain/shared/index.ts'
import {
  type AccountType,
  accountTypeOfPlaid,
  categoryOfPlaid,
  fingerprintOf,
  type TransactionCategory,
  type TransactionType,
} from '../../../domain/wealth/index.ts'

/** An amount with two decimals. Plaid's numbers have so many; the shortest text of a number is exactly what Plaid wrote. */
const money = (amount: number): string => new Decimal(amount).toFixed(2).replace(/^-(0\.00)$/, '$1')

export const cents = (amount: number | null | undefined): string | null => (amount === null || amount === undefined ? null : money(amount))

/** What is owed is negative here and positive at Plaid. An impossible balance of a savings account is left out, not changed. */
const balanceOf = (type: AccountType, current: number | null): number | null => {
  if (current === null) return null
  if (type === 'credit_card') return -current
  if (type === 'loan' || type === 'mortgage') return -Math.abs(current)
  return current < 0 && type !== 'checking' && type !== 'other' ? null : current
}

/** An account as wealth.store_accounts takes it. */
export const accountRow = (account: AccountBase, holdings: readonly Holding[]) => {
  const { balances, mask } = account
  const { taxType, type } = accountTypeOfPlaid(account.type, account.subtype ?? undefined)
  const current = balanceOf(type, balances.current)
  const own = holdings.filter(({ account_id }) => account_id === account.account_id)
  const hasVesting = own.some(({ vested_value }) => vested_value !== null && vested_value !== undefined)
  const sum = (values: readonly number[]): string => money(values.reduce((total, value) => total.plus(value), new Decimal(0)).toNumber())
  const isOverdrawn = type === 'checking' && current !== null && current < 0
  return {
    id: account.account_id,
    name: (account.name || account.official_name || 'Account').slice(0, 200),
    type,
    taxType: taxType ?? null,
    mask: mask === null || mask === '' ? null : mask.slice(-4),
    currency: balances.iso_currency_code ?? 'USD',
    current: cents(current),
    available: cents(balances.available),
    // An account that is overdrawn has a limit of at least that, whatever the institution says.
    limit: isOverdrawn
      ? money(Math.max(balances.limit ?? 0, -current))
      : cents(balances.limit === null ? null : Math.max(balances.limit, 0)),
    vested: hasVesting ? sum(own.map(({ institution_value, vested_value }) => Math.max(vested_value ?? institution_value, 0))) : null,
    unvested: hasVesting
      ? sum(own.map(({ institution_value, vested_value }) => Math.max(institution_value - (vested_value ?? institution_value), 0)))
      : null,
  }
}

/** Decimals of the smallest amount of its currency; amounts are stored with two. */
const digitsOf = ({ iso_currency_code: currency }: { readonly iso_currency_code: string | null }): number =>
  Math.min(minorDigits(currency ?? 'USD'), 2)

const descriptionOf = (name: string | null): string => (name?.trim() || 'Transaction').slice(0, 500)

/** A transaction as wealth.apply_page takes it. Money out is negative here and positive at Plaid. */
export const transactionRow = (transaction: Transaction) => {
  const { date, personal_finance_category: category } = transaction
  const amount = money(-transaction.amount)
  const description = descriptionOf(transaction.name)
  return {
    id: transaction.transaction_id,
    accountId: transaction.account_id,
    date,
    amount,
    description,
    merchantName: transaction.merchant_name ?? null,
    category: categoryOfPlaid(category?.primary, category?.detailed) ?? 'other',
    checkNumber: transaction.check_number ?? null,
    isPending: transaction.pending,
    pendingId: transaction.pending_transaction_id,
    fingerprint: fingerprintOf({ type: 'cash', date, amount, description }),
    digits: digitsOf(transaction),
  }
}

const cashTypes: Readonly<Record<string, TransactionType>> = {
  dividend: 'dividend',
  'qualified dividend': 'dividend',
  'non-qualified dividend': 'dividend',
  interest: 'interest',
  'interest receivable': 'interest',
  deposit: 'contribution',
  contribution: 'contribution',
  withdrawal: 'withdrawal',
  'return of principal': 'return_of_capital',
}

const investmentTypeOf = ({ amount, subtype, type }: InvestmentTransaction): TransactionType | undefined => {
  const kind: string = subtype
  if (kind === 'dividend reinvestment' || kind === 'interest reinvestment') return 'reinvestment'
  const group: string = type
  switch (group) {
    case 'buy':
      return kind === 'buy to cover' ? 'cover' : kind === 'contribution' ? 'contribution' : 'buy'
    case 'sell':
      return kind === 'sell short' ? 'short' : 'sell'
    case 'fee':
      return 'fee'
    case 'transfer':
      return kind === 'split' ? undefined : amount > 0 ? 'transfer_out' : 'transfer_in'
    case 'cash':
      return cashTypes[kind] ?? (amount > 0 ? 'withdrawal' : 'contribution')
    default:
      return undefined
  }
}

const plain = (value: number): string => new Decimal(value).abs().toFixed()

/**
 * An investment transaction as wealth.store_investments takes it; undefined for what moves neither money nor securities as Plaid describes it:
 * a cancelled order, a split without its ratio.
 */
export const investmentRow = (transaction: InvestmentTransaction, securities: ReadonlyMap<string, Security>) => {
  const type = investmentTypeOf(transaction)
  if (type === undefined) return undefined
  const security = transaction.security_id === null ? undefined : securities.get(transaction.security_id)
  const { date } = transaction
  const amount = money(-transaction.amount)
  const description = descriptionOf(transaction.name)
  const symbol = security?.ticker_symbol ?? null
  const quantity = transaction.quantity === 0 ? null : plain(transaction.quantity)
  return {
    id: transaction.investment_transaction_id,
    accountId: transaction.account_id,
    type,
    date,
    amount,
    description,
    merchantName: null,
    category: 'investment' satisfies TransactionCategory,
    checkNumber: null,
    isPending: false,
    pendingId: null,
    fingerprint: fingerprintOf({ type, date, amount, description, symbol, quantity }),
    digits: digitsOf(transaction),
    symbol,
    securityName: security?.name ?? null,
    securityId: security?.cusip ?? security?.isin ?? transaction.security_id,
    quantity,
    price: transaction.price === 0 ? null : plain(transaction.price),
    commission: transaction.fees === null ? null : money(Math.abs(transaction.fees)),
  }
}
