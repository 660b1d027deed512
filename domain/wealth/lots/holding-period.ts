import { epochDay, partsOfEpochDay } from '../../shared/index.ts'

const cached = new Map<number, number>()

/**
 * The first day on which a sale is long-term, of property that was acquired on a day. The holding period begins on the day after the acquisition, and
 * must be longer than one year. So property of 31 January is long-term on 1 February of the next year, and property of 28 or 29 February on 1 March.
 * Source: IRS Publication 550, chapter 4, "Holding Period"; Rev. Rul. 66-7.
 */
export const longTermDayOf = (acquiredDay: number): number => {
  const known = cached.get(acquiredDay)
  if (known !== undefined) return known
  const { day, month, year } = partsOfEpochDay(acquiredDay + 1)
  // The day after 28 February of the year after a leap year: `epochDay` counts a 29 February on as 1 March.
  const result = epochDay(year + 1, month, day)
  if (cached.size > 100_000) cached.clear()
  cached.set(acquiredDay, result)
  return result
}
