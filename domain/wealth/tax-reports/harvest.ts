import { addDays, type CalendarDate, Decimal, type Money } from '../../shared/index.ts'
import { washSaleWindow } from '../lots/index.ts'
import { inCents, sumOf } from './figures.ts'
import type { UnrealisedLot } from './unrealised.ts'

/** A purchase of the last 30 days that makes a sale at a loss a wash sale. */
export interface RecentPurchase {
  readonly transactionId: string
  readonly symbol: string
  readonly date: CalendarDate
}

/** Net gains in dollars by term, losses negative; and the tax of them on top of the year, with what is carried to the next year. Null: not known. */
export type TaxOfGains = (gains: { readonly shortTerm: number; readonly longTerm: number }) => {
  readonly tax: number
  readonly carriedLoss: number
} | null

/** All shares of a purchase that are held at a loss. */
export interface LossLot {
  readonly openingId: string
  readonly acquiredOn: CalendarDate
  readonly longTermOn: CalendarDate
  readonly term: 'short' | 'long'
  readonly quantity: string
  readonly costBasis: Money
  /** Above zero. */
  readonly loss: Money
  /** The part that a purchase of the last 30 days would disallow. */
  readonly disallowedLoss: Money
}

/** The lots of a security in an account that are held at a loss. */
export interface HarvestCandidate {
  readonly accountId: string
  readonly symbol: string
  readonly price: string
  readonly priceDate: CalendarDate
  readonly quantity: string
  readonly marketValue: Money
  readonly loss: Money
  readonly disallowedLoss: Money
  /** The loss that would count, by term. */
  readonly shortTermLoss: Money
  readonly longTermLoss: Money
  /** Tax of the year that a sale of these lots alone saves, federal and state; null while the tax cannot be estimated. */
  readonly taxSaved: Money | null
  /** The first day on which a sale is no wash sale because of a purchase that was made; null if it is none today. */
  readonly waitUntil: CalendarDate | null
  /** The security and those that are substantially identical: none of them may be bought until `doNotBuyUntil`, by nobody of the household. */
  readonly symbols: readonly string[]
  readonly doNotBuyUntil: CalendarDate
  readonly lots: readonly LossLot[]
}

export interface Harvest {
  /** Those without a wash sale first, by what they save. */
  readonly candidates: readonly HarvestCandidate[]
  /** Of the candidates that would not wash, sold together. */
  readonly totals: {
    readonly shortTermLoss: Money
    readonly longTermLoss: Money
    readonly taxSaved: Money | null
    /** The part of the losses that is carried to the next year. */
    readonly carriedLoss: Money | null
  }
}

export interface HarvestInput {
  readonly today: CalendarDate
  readonly lots: readonly UnrealisedLot[]
  readonly purchases: readonly RecentPurchase[]
  /** The securities that are substantially identical to one, itself first. */
  readonly identicalTo: (symbol: string) => readonly string[]
  /** What would be disallowed if every lot that is held at a loss were sold today, by account, security and opening transaction. */
  readonly disallowedOf: (lot: LossLot & { readonly accountId: string; readonly symbol: string }) => Money
  readonly taxOf: TaxOfGains
}

const keyOf = ({ accountId, symbol }: UnrealisedLot): string => JSON.stringify([accountId, symbol])

/** The lots of each purchase that are held at a loss. A purchase that has several lots counts as one. */
export const lossLots = (lots: readonly UnrealisedLot[]) => {
  const priced = lots.filter(({ isShort, unrealisedGain }) => !isShort && unrealisedGain !== null)
  return [...Map.groupBy(priced, lot => JSON.stringify([keyOf(lot), lot.openingId])).values()].flatMap(own => {
    const gain = new Decimal(sumOf(own.map(({ unrealisedGain }) => unrealisedGain!)))
    if (!gain.isNegative() || gain.isZero()) return []
    const [first] = own
    return [
      {
        ...first!,
        quantity: own.reduce((total, { quantity }) => total.plus(quantity), new Decimal(0)).toFixed(),
        costBasis: sumOf(own.map(({ costBasis }) => costBasis!)),
        marketValue: sumOf(own.map(({ marketValue }) => marketValue!)),
        loss: inCents(gain.negated()),
      },
    ]
  })
}

const savedBy = (shortTermLoss: Money, longTermLoss: Money, taxOf: TaxOfGains) =>
  taxOf({ shortTerm: -Number(shortTermLoss), longTerm: -Number(longTermLoss) })

const counted = (lots: readonly LossLot[], term: LossLot['term']): Money =>
  sumOf(lots.flatMap(lot => (lot.term === term ? [lot.loss, `-${lot.disallowedLoss}`] : [])))

/**
 * Losses that a household could realise today, with what they save by its own brackets, and the wash sales that they would be.
 * Source: IRC 1091(a), 1211(b).
 */
export const harvest = ({ disallowedOf, identicalTo, lots, purchases, taxOf, today }: HarvestInput): Harvest => {
  const candidates = [...Map.groupBy(lossLots(lots), keyOf).values()].map((own): HarvestCandidate => {
    const { accountId, price, priceDate, symbol } = own[0]!
    const symbols = identicalTo(symbol)
    const sold = new Set(own.map(({ openingId }) => openingId))
    const shown = own.map(({ acquiredOn, costBasis, longTermOn, loss, openingId, quantity, term }): LossLot => {
      const lot = { openingId, acquiredOn, longTermOn, term, quantity, costBasis, loss, disallowedLoss: '0.00' }
      return { ...lot, disallowedLoss: disallowedOf({ ...lot, accountId, symbol }) }
    })
    const disallowedLoss = sumOf(shown.map(lot => lot.disallowedLoss))
    const [shortTermLoss, longTermLoss] = [counted(shown, 'short'), counted(shown, 'long')]
    const saved = savedBy(shortTermLoss, longTermLoss, taxOf)
    const last = purchases
      .filter(({ symbol: bought, transactionId }) => symbols.includes(bought) && !sold.has(transactionId))
      .map(({ date }) => date)
      .toSorted()
      .at(-1)
    return {
      accountId,
      symbol,
      price: price!,
      priceDate: priceDate!,
      quantity: own.reduce((total, { quantity }) => total.plus(quantity), new Decimal(0)).toFixed(),
      marketValue: sumOf(own.map(({ marketValue }) => marketValue)),
      loss: sumOf(own.map(({ loss }) => loss)),
      disallowedLoss,
      shortTermLoss,
      longTermLoss,
      taxSaved: saved && inCents(new Decimal(-saved.tax)),
      waitUntil: last === undefined || new Decimal(disallowedLoss).isZero() ? null : addDays(washSaleWindow(last).to, 1),
      symbols,
      doNotBuyUntil: washSaleWindow(today).to,
      lots: shown,
    }
  })
  const clear = candidates.filter(({ disallowedLoss }) => new Decimal(disallowedLoss).isZero())
  const [shortTermLoss, longTermLoss] = (['shortTermLoss', 'longTermLoss'] as const).map(term => sumOf(clear.map(each => each[term]))) as [
    Money,
    Money,
  ]
  const all = savedBy(shortTermLoss, longTermLoss, taxOf)
  const worth = ({ loss, taxSaved }: HarvestCandidate) => new Decimal(taxSaved ?? loss)
  const isWash = ({ disallowedLoss }: HarvestCandidate) => Number(!new Decimal(disallowedLoss).isZero())
  return {
    candidates: candidates.toSorted(
      (left, right) =>
        isWash(left) - isWash(right) ||
        worth(right).comparedTo(worth(left)) ||
        new Decimal(right.loss).comparedTo(left.loss) ||
        left.symbol.localeCompare(right.symbol),
    ),
    totals: {
      shortTermLoss,
      longTermLoss,
      taxSaved: all && inCents(new Decimal(-all.tax)),
      carriedLoss: all && inCents(new Decimal(all.carriedLoss)),
    },
  }
}
