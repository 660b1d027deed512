import type { Money } from '../../../shared/index.ts'
import type { TaxCategory } from '../../tax-categories.ts'

/** The names that a printed report needs. */
export interface ReportNames {
  readonly household: string
  readonly accountName: (accountId: string) => string
}

/** `1,234.56`; below zero in parentheses, as on tax forms. */
export const printedAmount = (amount: Money): string => {
  const [whole = '', cents = ''] = amount.replace('-', '').split('.')
  const grouped = `${whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',')}.${cents}`
  return amount.startsWith('-') ? `(${grouped})` : grouped
}

/** An amount; nothing where it is not known. */
export const amountOrNothing = (amount: Money | null): string => (amount === null ? '' : printedAmount(amount))

export const categoryWords: Readonly<Record<TaxCategory, string>> = {
  ordinary_dividend: 'Ordinary dividends',
  qualified_dividend: 'Qualified dividends',
  interest: 'Interest',
  capital_gain: 'Proceeds of sales',
  contribution: 'Contributions',
  distribution: 'Distributions',
  return_of_capital: 'Return of capital',
}

export const footer =
  'Made from the ledger of the household. It is no tax form and no tax advice: compare it with the forms of your institutions.'

export const subtitleOf = ({ household }: ReportNames, year: number): string => `${household}, tax year ${year}`
