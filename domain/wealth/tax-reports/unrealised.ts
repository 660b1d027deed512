import { type CalendarDate, daysBetween, Decimal, type Money, sumMoney } from '../../shared/index.ts'
import { inCents } from './figures.ts'

/** An open lot in dollars, with the newest price of its security. */
export interface PricedLot {
  /** The transaction that opened it. */
  readonly openingId: string
  readonly accountId: string
  readonly symbol: string
  readonly isShort: boolean
  readonly acquiredOn: CalendarDate
  /** The first day on which a sale is long-term. */
  readonly longTermOn: CalendarDate
  readonly quantity: string
  readonly costBasis: Money | null
  /** Basis for a loss, of a gift that was worth less than the basis of the giver. */
  readonly lossBasis: Money | null
  readonly price: string | null
  readonly priceDate: CalendarDate | null
}

/** What a lot is worth, and what a sale today would gain. Null: the price or the basis is not known. */
export interface UnrealisedLot extends PricedLot {
  readonly marketValue: Money | null
  readonly unrealisedGain: Money | null
  readonly term: 'short' | 'long'
  /** Until a sale is long-term; null if it is, or never will be. */
  readonly daysToLongTerm: number | null
}

/**
 * What a sale at a value gains, in dollars; of shares that were sold short, what buying them back gains. Null: the basis is not known. Of a gift
 * with two bases there is neither gain nor loss between them: IRC 1015(a), Publication 551, "Property Received as a Gift".
 */
export const gainAt = (
  value: Decimal,
  { costBasis, isShort, lossBasis }: Pick<PricedLot, 'costBasis' | 'isShort' | 'lossBasis'>,
): Decimal | null => {
  if (costBasis === null) return null
  if (isShort) return new Decimal(costBasis).minus(value)
  const gain = value.minus(costBasis)
  if (lossBasis === null || gain.isPositive()) return gain
  return Decimal.min(0, value.minus(lossBasis))
}

/** A lot with its worth and gain on a day, at the newest price. A short sale is short-term whatever its age: IRC 1233. */
export const unrealisedLot = (lot: PricedLot, today: CalendarDate): UnrealisedLot => {
  const value = lot.price === null ? null : new Decimal(inCents(new Decimal(lot.quantity).times(lot.price)))
  const gain = value && gainAt(value, lot)
  const isLong = !lot.isShort && lot.longTermOn <= today
  return {
    ...lot,
    marketValue: value && inCents(value),
    unrealisedGain: gain && inCents(gain),
    term: isLong ? 'long' : 'short',
    daysToLongTerm: isLong || lot.isShort ? null : daysBetween(today, lot.longTermOn),
  }
}

/** Gains and losses of one term. */
export interface UnrealisedTotals {
  readonly marketValue: Money
  readonly costBasis: Money
  readonly gains: Money
  /** Zero or less. */
  readonly losses: Money
  readonly net: Money
}

/** The unrealised gains of lots, by term. */
export interface UnrealisedReport {
  readonly asOf: CalendarDate
  readonly totals: Readonly<Record<'short' | 'long', UnrealisedTotals>>
  /** Those that turn long-term soonest first, then the others. */
  readonly lots: readonly UnrealisedLot[]
  /** Lots in no total, because their price or basis is not known. */
  readonly unknownCount: number
}

const sum = (amounts: readonly Decimal[]): Money => inCents(sumMoney([...amounts]))

const totalsOf = (lots: readonly UnrealisedLot[]): UnrealisedTotals => {
  const gains = lots.map(({ unrealisedGain }) => new Decimal(unrealisedGain!))
  // Of shares that were sold short, what is owed.
  const signed = (amount: Money, { isShort }: UnrealisedLot) => new Decimal(amount).times(isShort ? -1 : 1)
  return {
    marketValue: sum(lots.map(lot => signed(lot.marketValue!, lot))),
    costBasis: sum(lots.map(lot => signed(lot.costBasis!, lot))),
    gains: sum(gains.filter(gain => gain.isPositive())),
    losses: sum(gains.filter(gain => gain.isNegative())),
    net: sum(gains),
  }
}

/** Lots that never turn long-term come last. */
const compareDays = (left: number | null, right: number | null): number =>
  left === null || right === null ? Number(left === null) - Number(right === null) : left - right

/** The unrealised gains of open lots on a day, by term, with the day on which each turns long-term. */
export const unrealisedReport = (lots: readonly PricedLot[], today: CalendarDate): UnrealisedReport => {
  const all = lots
    .map(lot => unrealisedLot(lot, today))
    .toSorted(
      (left, right) =>
        compareDays(left.daysToLongTerm, right.daysToLongTerm) ||
        left.symbol.localeCompare(right.symbol) ||
        left.acquiredOn.localeCompare(right.acquiredOn),
    )
  const known = all.filter(({ unrealisedGain }) => unrealisedGain !== null)
  return {
    asOf: today,
    totals: {
      short: totalsOf(known.filter(({ term }) => term === 'short')),
      long: totalsOf(known.filter(({ term }) => term === 'long')),
    },
    lots: all,
    unknownCount: all.length - known.length,
  }
}
