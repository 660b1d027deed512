import { type CalendarDate, Decimal, type Money } from '../../shared/index.ts'
import type { Exchange } from '../exchange-rates.ts'
import type { Classified } from './classify.ts'

/** `rest`: what a stated balance is more than the securities of the account: cash, or securities without transactions. */
export const holdingKinds = ['security', 'cash', 'rest'] as const
export type HoldingKind = (typeof holdingKinds)[number]

export const priceSources = ['market', 'trade'] as const
export type PriceSource = (typeof priceSources)[number]

/** Why a holding has no value or no gain, with the words of each reason. */
export const holdingGaps = {
  no_price: 'There is no market price of it, and no trade with a price.',
  no_rate: 'There is no exchange rate for its currency on this day or in the week before.',
  no_basis: 'The cost basis of a lot is not known.',
} as const
export type HoldingGap = keyof typeof holdingGaps

export interface HoldingPrice {
  /** Exact decimal text. */
  readonly price: string
  readonly priceDate: CalendarDate
  readonly currency: string
  readonly source: PriceSource
}

/** Lots of a holding that were acquired on one day, or on any day where no currency has to be converted. */
export interface CostPart {
  readonly quantity: string
  /** In US dollars. Null: not known. */
  readonly costBasis: string | null
  /** In US dollars, of gifts that were worth less than the giver's basis: what a loss is counted from. */
  readonly lossBasis: string | null
  readonly acquiredOn: CalendarDate | null
}

/** A security in an account. */
export interface Position {
  readonly accountId: string
  readonly symbol: string
  readonly isShort: boolean
  readonly parts: readonly CostPart[]
  readonly price: HoldingPrice | undefined
  readonly classified: Classified
}

/** What an account has beside its securities: its money, or the rest of a stated balance. */
export interface AccountWorth {
  readonly accountId: string
  readonly currency: string
  /** Null: not known. */
  readonly balance: string | null
  readonly isStated: boolean
  readonly classified: Classified
}

/** A holding with its worth in the currency of the portfolio. */
export interface Holding {
  readonly accountId: string
  readonly kind: HoldingKind
  readonly symbol: string | null
  readonly isShort: boolean
  readonly quantity: string | null
  /** Of one unit, in the currency of the portfolio at the rates of the purchases. */
  readonly averageCost: string | null
  readonly costBasis: Money | null
  readonly price: HoldingPrice | null
  /** Below zero for a short sale. */
  readonly currentValue: Money | null
  readonly unrealisedGain: Money | null
  /** A fraction of the cost. */
  readonly unrealisedGainPct: number | null
  /** The part of the gain that the price made, at the rate of today; and what the exchange rate made. They sum to the gain. */
  readonly priceGain: Money | null
  readonly currencyGain: Money | null
  readonly classified: Classified
  readonly gaps: readonly HoldingGap[]
}

export interface ValuedHoldings {
  readonly holdings: readonly Holding[]
  /** Sum of the values that are known. */
  readonly totalValue: Money
  readonly cashBalance: Money
  readonly investedValue: Money
  readonly unrealisedGain: Money
  /** Holdings without a value, which no sum contains. */
  readonly unvaluedCount: number
}

const zero = new Decimal(0)
const DOLLAR = 'USD'
const moneyOf = (value: Decimal): Money => value.toDecimalPlaces(2).toFixed(2)

interface Costs {
  /** In the currency of the portfolio, at the rates of the purchases. */
  readonly total: Decimal
  /** In the currency of the security. */
  readonly local: Decimal
}

/** What a holding has cost; a gap if a basis or a rate is not known. A gift that would be a loss counts from its basis for losses, and between the two from its worth. */
const costsOf = (
  { isShort, parts, price }: Position,
  currency: string,
  date: CalendarDate,
  exchange: Exchange,
  worthOf: (quantity: string) => Decimal | undefined,
): Costs | HoldingGap => {
  let [total, local] = [zero, zero]
  for (const { acquiredOn, costBasis, lossBasis, quantity } of parts) {
    if (costBasis === null) return 'no_basis'
    const toPortfolio = exchange(DOLLAR, currency, acquiredOn ?? date)
    const toLocal = exchange(DOLLAR, price?.currency ?? DOLLAR, acquiredOn ?? date)
    if (!toPortfolio || !toLocal) return 'no_rate'
    const worth = worthOf(quantity)
    const isGiftAtLoss = lossBasis !== null && !isShort && worth !== undefined && worth.lessThan(new Decimal(costBasis).times(toPortfolio))
    const basis = isGiftAtLoss
      ? Decimal.max(new Decimal(lossBasis).times(toPortfolio), Decimal.min(worth, new Decimal(costBasis).times(toPortfolio)))
      : new Decimal(costBasis).times(toPortfolio)
    total = total.plus(basis)
    local = local.plus(basis.dividedBy(toPortfolio).times(toLocal))
  }
  return { total, local }
}

const valuePosition = (position: Position, currency: string, date: CalendarDate, exchange: Exchange): Holding => {
  const { accountId, classified, isShort, parts, price, symbol } = position
  const sign = isShort ? -1 : 1
  const quantity = parts.reduce((sum, part) => sum.plus(part.quantity), zero)
  const rate = price && exchange(price.currency, currency, date)
  const worthOf = (units: string) => (price && rate ? new Decimal(units).times(price.price).times(rate) : undefined)
  const worth = worthOf(quantity.toFixed())
  const costs = costsOf(position, currency, date, exchange, worthOf)
  const known = typeof costs === 'string' ? undefined : costs
  const gain = worth && known ? worth.toDecimalPlaces(2).minus(known.total.toDecimalPlaces(2)).times(sign) : undefined
  const currencyGain = gain && known && rate ? known.local.times(rate).minus(known.total).times(sign).toDecimalPlaces(2) : undefined
  const gaps = new Set<HoldingGap>()
  if (!price) gaps.add('no_price')
  else if (!rate) gaps.add('no_rate')
  if (typeof costs === 'string') gaps.add(costs)
  return {
    accountId,
    kind: 'security',
    symbol,
    isShort,
    quantity: quantity.times(sign).toFixed(),
    averageCost: known && !quantity.isZero() ? known.total.dividedBy(quantity).toDecimalPlaces(6).toFixed() : null,
    costBasis: known ? moneyOf(known.total) : null,
    price: price ?? null,
    currentValue: worth ? moneyOf(worth.times(sign)) : null,
    unrealisedGain: gain ? moneyOf(gain) : null,
    unrealisedGainPct: gain && known && !known.total.isZero() ? gain.dividedBy(known.total).toDecimalPlaces(6).toNumber() : null,
    priceGain: gain && currencyGain ? moneyOf(gain.minus(currencyGain)) : null,
    currencyGain: currencyGain ? moneyOf(currencyGain) : null,
    classified,
    gaps: [...gaps],
  }
}

const moneyHolding = (
  { accountId, classified, currency: from, isStated }: AccountWorth,
  amount: Decimal,
  currency: string,
  date: CalendarDate,
  exchange: Exchange,
): Holding => {
  const rate = exchange(from, currency, date)
  return {
    accountId,
    kind: isStated ? 'rest' : 'cash',
    symbol: null,
    isShort: false,
    quantity: null,
    averageCost: null,
    costBasis: null,
    price: null,
    currentValue: rate ? moneyOf(amount.times(rate)) : null,
    unrealisedGain: null,
    unrealisedGainPct: null,
    priceGain: null,
    currencyGain: null,
    classified,
    gaps: rate ? [] : ['no_rate'],
  }
}

const sumOf = (holdings: readonly Holding[], of: (holding: Holding) => string | null): Decimal =>
  holdings.reduce((sum, holding) => sum.plus(of(holding) ?? 0), zero)

/**
 * Values the holdings of accounts on a day in one currency. Sums contain what is known; `unvaluedCount` says what is missing. Cost basis and gains of a security
 * are those of its tax lots: in US dollars, converted at the rates of the days of purchase.
 * @param date of the values and of the exchange rates
 */
export const valueHoldings = (
  positions: readonly Position[],
  accounts: readonly AccountWorth[],
  currency: string,
  date: CalendarDate,
  exchange: Exchange,
): ValuedHoldings => {
  const securities = positions.map(position => valuePosition(position, currency, date, exchange))
  const money = accounts.flatMap(account => {
    const balance = new Decimal(account.balance ?? 0)
    return balance.isZero() ? [] : [moneyHolding(account, balance, currency, date, exchange)]
  })
  const holdings = [...securities, ...money]
  return {
    holdings,
    totalValue: moneyOf(sumOf(holdings, ({ currentValue }) => currentValue)),
    cashBalance: moneyOf(sumOf(holdings, ({ currentValue, kind }) => (kind === 'cash' ? currentValue : null))),
    investedValue: moneyOf(sumOf(holdings, ({ currentValue, kind }) => (kind === 'cash' ? null : currentValue))),
    unrealisedGain: moneyOf(sumOf(holdings, ({ unrealisedGain }) => unrealisedGain)),
    unvaluedCount: holdings.filter(({ currentValue }) => currentValue === null).length,
  }
}
