import { Decimal, type Money, parseMoney } from '../shared/index.ts'
import type { AccountType, TaxType } from './account-types.ts'
import type { BalanceSource } from './ledger-terms.ts'

const sources: Readonly<Record<AccountType, readonly [BalanceSource, ...BalanceSource[]]>> = {
  checking: ['ledger'],
  savings: ['ledger'],
  credit_card: ['ledger'],
  investment: ['ledger', 'stated'],
  retirement: ['ledger', 'stated'],
  loan: ['ledger', 'stated'],
  mortgage: ['ledger', 'stated'],
  other: ['ledger', 'stated'],
  property: ['stated'],
  vehicle: ['stated'],
  private_asset: ['stated'],
}

/** Where the balance of an account of a type can come from. The first is the usual one. */
export const balanceSourcesOf = (type: AccountType): readonly [BalanceSource, ...BalanceSource[]] => sources[type]

const forEverybody = ['hsa', 'trust', 'custodial'] as const
const taxes: Readonly<Record<AccountType, readonly TaxType[]>> = {
  checking: forEverybody,
  savings: forEverybody,
  credit_card: [],
  investment: ['taxable_brokerage', '529', ...forEverybody],
  retirement: ['401k', '403b', '457b', 'traditional_ira', 'rollover_ira', 'roth_ira', 'sep_ira', 'simple_ira', 'hsa'],
  loan: [],
  mortgage: [],
  other: forEverybody,
  property: ['trust'],
  vehicle: ['trust'],
  private_asset: ['trust', 'custodial'],
}

/** The ways in which the tax law can treat an account of a type. */
export const taxTypesOf = (type: AccountType): readonly TaxType[] => taxes[type]

/**
 * Why an account of the type cannot have this balance; undefined if it can. Cards and other accounts can be above and below zero.
 * @param creditLimit how far a checking account may be below zero
 */
export const balanceFault = (type: AccountType, balance: Money, creditLimit: Money | null = null): string | undefined => {
  if (type === 'credit_card' || type === 'other') return undefined
  const amount = new Decimal(balance)
  if (type === 'loan' || type === 'mortgage')
    return amount.greaterThan(0) ? 'must be zero or less: what is owed is a negative balance' : undefined
  if (type !== 'checking') return amount.lessThan(0) ? 'must be zero or more for this type of account' : undefined
  const least = new Decimal(creditLimit ?? 0).negated()
  if (!amount.lessThan(least)) return undefined
  return least.isZero()
    ? 'must be zero or more: a checking account without a credit limit is not below zero'
    : `must be ${least.toFixed(2)} or more: the credit limit is how far the account may be below zero`
}

/** Why the amount is not possible in the currency; undefined if it is. */
export const minorUnitFault = (amount: Money, currency: string): string | undefined => {
  try {
    parseMoney(amount, currency)
    return undefined
  } catch (error) {
    return `must fit the smallest unit of ${currency}: ${(error as RangeError).message}`
  }
}
