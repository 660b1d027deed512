import { Decimal, epochDayOf } from '../../shared/index.ts'
import type { Exchange } from '../exchange-rates.ts'
import { unitsOf } from './quantities.ts'
import type { LotMethod, StandingMethod, TransferOrigin } from './terms.ts'
import type { LotEvent, LotEventType, LotPick } from './types.ts'

/** A transaction of the ledger that tax lots are made of. Money and quantities are decimal text, in the currency of the account. */
export interface LotTransaction {
  readonly id: string
  readonly accountId: string
  readonly type: LotEventType
  readonly date: string
  readonly symbol: string
  readonly newSymbol: string | null
  readonly currency: string
  readonly amount: string
  readonly quantity: string | null
  readonly price: string | null
  readonly value: string | null
  readonly costBasis: string | null
  /** Federal and of a state. */
  readonly taxWithheld: string | null
  readonly acquiredDate: string | null
  readonly lotOrigin: TransferOrigin | null
  readonly basisShare: string | null
  readonly splitNumerator: number | null
  readonly splitDenominator: number | null
  readonly transferAccountId: string | null
  readonly tie: string
}

/** How the lots of an account, or of one security in it, are chosen from a day on. */
export interface LotElection {
  readonly accountId: string
  readonly symbol: string | null
  readonly method: StandingMethod
  readonly effectiveOn: string
}

export interface LotChoice {
  readonly method: LotMethod
  readonly lots: readonly { readonly openedBy: string; readonly quantity: string }[]
}

/** Money in cents. Text with two decimals, as the ledger has it, is read without arithmetic. */
const centsOf = (amount: string): number =>
  Number(amount.at(-3) === '.' ? amount.replace('.', '') : new Decimal(amount).times(100).toFixed(0))

const DOLLAR = 'USD'
const MILLIONTHS = 1_000_000
const BASIS_SHARES = 10_000_000_000

/**
 * The order to use for a sale: the election of its security that is the latest on the day, else that of its account, else first in, first out, which
 * the law presumes (26 CFR 1.1012-1(c)(1)).
 */
export const methodBy = (elections: readonly LotElection[]) => {
  const byPlace = Map.groupBy(elections, ({ accountId, symbol }) => `${accountId}\n${symbol ?? ''}`)
  const latest = (place: string, date: string): StandingMethod | undefined =>
    byPlace
      .get(place)
      ?.filter(({ effectiveOn }) => effectiveOn <= date)
      .toSorted((one, other) => (one.effectiveOn < other.effectiveOn ? 1 : -1))[0]?.method
  return (accountId: string, symbol: string, date: string): StandingMethod =>
    byPlace.size === 0 ? 'fifo' : (latest(`${accountId}\n${symbol}`, date) ?? latest(`${accountId}\n`, date) ?? 'fifo')
}

/** What a transaction costs or brings, in the currency of its account, in cents. Fees are in it; tax that was withheld is not a cost of a sale. */
const amountOf = ({ amount, price, quantity, taxWithheld, type, value }: LotTransaction): number => {
  const cents = centsOf(amount)
  if (type === 'buy' || type === 'cover') return -cents
  if (type === 'reinvestment') {
    if (cents !== 0) return -cents
    if (value !== null) return centsOf(value)
    return centsOf(new Decimal(quantity ?? 0).times(price ?? 0).toFixed(2))
  }
  return type === 'sell' || type === 'short' ? cents + centsOf(taxWithheld ?? '0') : cents
}

/** Reads transactions of the ledger as events of tax lots, each in dollars by the rate of its day. */
export const lotEvents = (
  transactions: readonly LotTransaction[],
  rules: {
    readonly elections: readonly LotElection[]
    readonly choices: ReadonlyMap<string, LotChoice>
    readonly exchange: Exchange
  },
): LotEvent[] => {
  const methodOf = methodBy(rules.elections)
  // Each row has its own copy of these texts. One copy for each account and security is faster to read, row after row.
  const names = new Map<string, string>()
  const shared = (name: string): string => {
    const known = names.get(name)
    if (known === undefined) names.set(name, name)
    return known ?? name
  }
  const dayOf = (date: string | null): number | null => (date === null ? null : epochDayOf(date))
  return transactions.map(row => {
    const { currency, date } = row
    const accountId = shared(row.accountId)
    const symbol = shared(row.symbol)
    const rate = currency === DOLLAR ? undefined : rules.exchange(currency, DOLLAR, date)
    const inDollars = (cents: number | null): number | null => {
      if (cents === null || cents === 0 || currency === DOLLAR) return cents
      return rate ? Number(rate.times(cents).toFixed(0)) : null
    }
    const money = (text: string | null): number | null => (text === null ? null : inDollars(centsOf(text)))
    const choice = rules.choices.get(row.id)
    const price = row.price === null || (currency !== DOLLAR && !rate) ? null : new Decimal(row.price).times(rate ?? 1)
    // What most events are read for comes first, together in memory.
    return {
      id: row.id,
      accountId,
      type: row.type,
      day: epochDayOf(date),
      symbol,
      quantity: row.quantity === null ? 0n : unitsOf(row.quantity),
      cents: inDollars(amountOf(row)),
      method: choice?.method ?? methodOf(accountId, symbol, date),
      picks: choice?.lots.map((lot): LotPick => ({ openedBy: lot.openedBy, quantity: unitsOf(lot.quantity) })) ?? null,
      isReplacement: false,
      newSymbol: row.newSymbol,
      numerator: row.splitNumerator ?? 0,
      denominator: row.splitDenominator ?? 0,
      priceMillionths: row.type === 'merger' && price ? BigInt(price.times(100 * MILLIONTHS).toFixed(0)) : null,
      basisCents: money(row.costBasis),
      valueCents: money(row.value),
      acquiredDay: dayOf(row.acquiredDate),
      origin: row.lotOrigin,
      basisShare: row.basisShare === null ? null : BigInt(new Decimal(row.basisShare).times(BASIS_SHARES).toFixed(0)),
      transferAccountId: row.transferAccountId,
      tie: row.tie,
    }
  })
}

/** A sale that has not been made, as an event of tax lots, in dollars. */
export const saleEvent = (sale: {
  readonly accountId: string
  readonly symbol: string
  readonly quantity: string
  readonly date: string
  readonly proceeds: Decimal
}): LotEvent => ({
  id: 'sale',
  accountId: sale.accountId,
  type: 'sell',
  day: epochDayOf(sale.date),
  symbol: sale.symbol,
  quantity: unitsOf(sale.quantity),
  cents: Number(sale.proceeds.times(100).toFixed(0)),
  method: 'fifo',
  picks: null,
  isReplacement: false,
  newSymbol: null,
  numerator: 0,
  denominator: 0,
  priceMillionths: null,
  basisCents: null,
  valueCents: null,
  acquiredDay: null,
  origin: null,
  basisShare: null,
  transferAccountId: null,
  // After all sales of its day.
  tie: '\uFFFF',
})

/** A number of cents as decimal text of dollars. */
export const dollarsOf = (cents: number): string => {
  const digits = String(Math.abs(cents)).padStart(3, '0')
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
