import { type CalendarDate, daysBetween } from '../../shared/index.ts'

/** A dividend as it was announced. */
export interface AnnouncedDividend {
  readonly symbol: string
  readonly exDate: CalendarDate
  readonly payDate: CalendarDate | null
}

/** How far the day of a booking can be from the announced day of payment. */
const bookedWithinDays = 5
/** How long after the ex-dividend date a dividend is paid at most, where the day of payment is not announced. */
const paidWithinDays = 60

/**
 * Finds the ex-dividend date of a dividend by its symbol and the day on which it was paid: that of the announced payment nearest to it, else the
 * latest one before it without an announced payment.
 */
export const exDateFinder = (announced: readonly AnnouncedDividend[]) => {
  const bySymbol = Map.groupBy(announced, ({ symbol }) => symbol)
  return ({ date, symbol }: { readonly date: CalendarDate; readonly symbol: string | null }): CalendarDate | undefined => {
    const own = bySymbol.get(symbol ?? '') ?? []
    const paid = own
      .flatMap(({ exDate, payDate }) => (payDate === null ? [] : [{ exDate, days: Math.abs(daysBetween(payDate, date)) }]))
      .filter(({ days }) => days <= bookedWithinDays)
      .toSorted((left, right) => left.days - right.days)
    const before = own.filter(({ exDate, payDate }) => {
      const days = daysBetween(exDate, date)
      return payDate === null && days >= 0 && days <= paidWithinDays
    })
    return paid[0]?.exDate ?? before.toSorted((left, right) => right.exDate.localeCompare(left.exDate))[0]?.exDate
  }
}
