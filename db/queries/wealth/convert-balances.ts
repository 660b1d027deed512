import { Decimal, formatMoney } from '../../../domain/shared/index.ts'
import { exchangeBy } from '../../../domain/wealth/index.ts'
import type { Transaction } from '../../database.ts'
import { findRates } from './exchange-rates.ts'
import type { BalanceOnDate } from './valuations.ts'

/** A balance with what it is in another currency: undefined where no rate of its day is known. */
export type Converted<Balance extends BalanceOnDate> = Balance & { readonly converted: string | undefined }

/** The balances in one currency, each by the rate of its day. */
export const convertBalances = async <Balance extends BalanceOnDate>(
  transaction: Transaction,
  rows: readonly Balance[],
  currency: string,
): Promise<Converted<Balance>[]> => {
  const currencies = new Set([...rows.map(row => row.currency), currency])
  const dates = rows.map(({ date }) => date)
  const exchange = exchangeBy(currencies.size > 1 ? await findRates(transaction, [...currencies], dates) : [])
  return rows.map(row => {
    const rate = exchange(row.currency, currency, row.date)
    return { ...row, converted: rate && formatMoney(new Decimal(row.balance).times(rate), currency) }
  })
}
