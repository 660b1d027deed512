import type { LotEvent, LotEventType } from './types.ts'

/** What happens first on a day: changes of all shares, then shares that come in, then shares that leave. The ledger knows no time of day. */
const ranks: Record<LotEventType, number> = {
  symbol_change: 0,
  split: 1,
  stock_dividend: 1,
  merger: 2,
  spin_off: 3,
  return_of_capital: 4,
  transfer_in: 5,
  buy: 6,
  reinvestment: 6,
  transfer_out: 7,
  sell: 8,
  short: 9,
  cover: 10,
}

/** Purchases of a day in accounts that are taxed come before those in others: a loss that they replace is not lost. */
export const orderEvents =
  (isTaxAdvantaged: (accountId: string) => boolean) =>
  (one: LotEvent, other: LotEvent): number => {
    if (one.day !== other.day) return one.day - other.day
    if (one.type !== other.type) {
      const difference = ranks[one.type] - ranks[other.type]
      if (difference !== 0) return difference
    }
    if (one.accountId !== other.accountId) {
      const difference = Number(isTaxAdvantaged(one.accountId)) - Number(isTaxAdvantaged(other.accountId))
      if (difference !== 0) return difference
    }
    if (one.tie !== other.tie) return one.tie < other.tie ? -1 : 1
    if (one.accountId !== other.accountId) return one.accountId < other.accountId ? -1 : 1
    return one.id < other.id ? -1 : Number(one.id > other.id)
  }
