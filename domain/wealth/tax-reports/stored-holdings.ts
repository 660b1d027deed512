import { type CalendarDate, Decimal } from '../../shared/index.ts'
import type { HoldingInterval } from './holding-days.ts'
import { reduceByShorts } from './short-positions.ts'

/** A tax lot, or a closed part of one, of an account that is taxed. */
export interface StoredHolding {
  /** Where it is held, or was when it was closed. */
  readonly accountId: string
  readonly symbol: string
  /** Where its opening transaction has brought it, and when. */
  readonly openedAccountId: string
  readonly openedSymbol: string
  readonly openedOn: CalendarDate
  /** The day on which a transfer or an exchange brought it from there to here; null if there was none. */
  readonly movedOn: CalendarDate | null
  /** Whether a merger brought it here: how many shares it was before is not known. */
  readonly isMerged: boolean
  /** The day after which the holding period begins, without what a wash sale adds (IRC 246(c)(3)(B)). */
  readonly from: CalendarDate
  /** The day of the sale; null while it is held. */
  readonly until: CalendarDate | null
  /** Shares on the last day. */
  readonly quantity: string
  /** Whether it was sold short. Then `from` is the day of the short sale, and `until` that of the cover. */
  readonly isShort: boolean
}

/** A split of a security, in whatever account. */
export interface ShareSplit {
  readonly symbol: string
  readonly date: CalendarDate
  readonly numerator: number
  readonly denominator: number
}

/** Shares that left an account without a lot that is known: sold without a purchase, or transferred out of the household. */
export interface UnknownShares {
  readonly accountId: string
  readonly symbol: string
  readonly date: CalendarDate
}

export interface HoldingRecords {
  readonly holdings: readonly StoredHolding[]
  readonly splits: readonly ShareSplit[]
  readonly unknown: readonly UnknownShares[]
  /** Securities of which the lots are being calculated. */
  readonly waiting: readonly string[]
}

/** The security of a dividend in its account. */
interface Payment {
  readonly accountId: string
  readonly symbol: string | null
}

const isLater = (day: CalendarDate, movedOn: CalendarDate | null): boolean => movedOn === null || day > movedOn

/** Whether shares were in an account, under the name of a security, when a dividend was due to them: before its ex-dividend date. */
const wasThere = (holding: StoredHolding, { accountId, symbol }: Payment, exDate: CalendarDate): boolean => {
  if (holding.openedOn >= exDate || (holding.until !== null && holding.until < exDate)) return false
  return isLater(exDate, holding.movedOn)
    ? holding.accountId === accountId && holding.symbol === symbol
    : holding.openedAccountId === accountId && holding.openedSymbol === symbol
}

/** The shares that a holding was on a day, from those of its last day: splits in between are undone. */
const sharesOn = ({ openedSymbol, quantity, symbol, until }: StoredHolding, splits: readonly ShareSplit[], day: CalendarDate): string => {
  const between = splits.filter(
    split => (split.symbol === symbol || split.symbol === openedSymbol) && split.date >= day && (until === null || split.date <= until),
  )
  return between
    .reduce((shares, { denominator, numerator }) => shares.times(denominator).dividedBy(numerator), new Decimal(quantity))
    .toDecimalPlaces(18)
    .toFixed()
}

/**
 * How long the shares that get a dividend were held: by the stored tax lots, so by the lots that sales have taken, and with the days that a transfer, a gift
 * or a spin-off carries over. Quantities are shares on the ex-dividend date. Days on which the household has sold as many shares of the
 * security short are marked as not counted. Source: IRC 246(c)(3) and (4), 1223(1) and (2).
 * @returns a function of a dividend and its ex-dividend date; null for one of which the records do not have all shares
 */
export const holdingsByLots = ({ holdings, splits, unknown, waiting }: HoldingRecords) => {
  const bySymbol = Map.groupBy(
    holdings.flatMap(holding => [...new Set([holding.symbol, holding.openedSymbol])].map(symbol => ({ symbol, holding }))),
    ({ symbol }) => symbol,
  )
  return (payment: Payment, exDate: CalendarDate): HoldingInterval[] | null => {
    const { accountId, symbol } = payment
    if (symbol === null || waiting.includes(symbol)) return null
    if (unknown.some(each => each.accountId === accountId && each.symbol === symbol && each.date >= exDate)) return null
    const known = (bySymbol.get(symbol) ?? []).map(({ holding }) => holding)
    const longs = known.filter(({ isShort }) => !isShort)
    const there = longs.filter(holding => wasThere(holding, payment, exDate))
    if (there.some(({ isMerged, movedOn }) => isMerged && !isLater(exDate, movedOn))) return null
    const inShares = (holding: StoredHolding) => ({ ...holding, quantity: sharesOn(holding, splits, exDate) })
    const shorts = known.filter(({ isShort }) => isShort).map(inShares)
    return reduceByShorts(longs.map(inShares), shorts)
      .filter(({ holding }) => wasThere(holding, payment, exDate))
      .map(({ holding: { from, until }, quantity, uncounted }) => ({ from, until, quantity, uncounted }))
  }
}
