import type { HoldingTrack } from './holding-track.ts'
import type { PriceBook } from './price-book.ts'
import type { HistoryEvent } from './types.ts'

/** What an event changes: the cash and the security of its account, and the security that comes of it. */
export interface Ledger {
  readonly prices: PriceBook
  /** The place of the event's day; below 1 before the first day. */
  readonly index: number
  readonly cash: HoldingTrack
  readonly security: HoldingTrack | undefined
  readonly successor: HoldingTrack | undefined
}

/** Applies a transaction to the units and the money of an account. It means what it means for tax lots; shares that the ledger lacks come from outside. */
export const applyEvent = (event: HistoryEvent, ledger: Ledger): void => {
  const { cash, index, security } = ledger
  const { amount, fees, type } = event
  cash.long += amount
  if (amount !== 0) cash.record(index)
  if (!security) {
    if (type === 'interest' || type === 'dividend') cash.addMoney(index, 0, amount + fees, fees)
    else if (type === 'fee') cash.addMoney(index, 0, 0, -amount)
    else if (amount !== 0) cash.addMoney(index, amount)
    return
  }
  if (amount !== 0) cash.addMoney(index, amount)
  switch (type) {
    case 'buy':
    case 'reinvestment':
      return buy(event, ledger, security)
    case 'sell': {
      const held = Math.min(security.long, event.quantity)
      security.long -= held
      return trade(event, ledger, security, held)
    }
    case 'short':
      security.short += event.quantity
      return trade(event, ledger, security, event.quantity)
    case 'cover': {
      const covered = Math.min(security.short, event.quantity)
      security.short -= covered
      return trade(event, ledger, security, covered)
    }
    case 'dividend':
    case 'interest':
      return security.addMoney(index, -amount, amount + fees, fees)
    case 'fee':
      return security.addMoney(index, -amount, 0, -amount)
    case 'return_of_capital':
      return security.addMoney(index, -amount)
    case 'transfer_in':
    case 'transfer_out':
      return transfer(event, ledger, security)
    case 'split':
    case 'stock_dividend':
      return split(event, ledger, security)
    case 'merger':
    case 'symbol_change':
    case 'spin_off':
      return exchange(event, ledger, security)
    case 'cash':
    case 'contribution':
    case 'withdrawal':
      return undefined
  }
}

/** Money and price of a trade. Only the part of shares that the ledger knows of is exchanged with the security; the rest of the money comes from outside. */
const trade = (event: HistoryEvent, { index, prices, security }: Ledger, track: HoldingTrack, known: number): void => {
  const { amount, day, fees, quantity, type } = event
  const part = quantity === 0 ? 1 : known / quantity
  track.addMoney(index, -amount * part, 0, fees * part)
  track.record(index)
  // Fees are no part of the price: they are taken out of what was paid, and were taken out of what was got.
  const paid = type === 'sell' || type === 'short' ? amount + fees : -amount - fees
  if (quantity > 0 && security)
    prices.addQuote(security.symbol!, day, { price: paid / quantity, currency: track.currency, source: 'trade', day })
}

/** A purchase covers shares that were sold short first. Shares of a reinvestment without money are income. */
const buy = (event: HistoryEvent, ledger: Ledger, security: HoldingTrack): void => {
  const { amount, day, quantity, type, value } = event
  const covered = Math.min(security.short, quantity)
  security.short -= covered
  security.long += quantity - covered
  if (type === 'buy' || amount !== 0) return trade(event, ledger, security, quantity)
  security.record(ledger.index)
  if (value === null) return security.addMove(ledger.index, security.symbol!, quantity, true)
  security.addMoney(ledger.index, 0, value)
  if (quantity > 0)
    ledger.prices.addQuote(security.symbol!, day, { price: value / quantity, currency: security.currency, source: 'trade', day })
}

const transfer = ({ day, quantity, type, value }: HistoryEvent, { index, prices }: Ledger, security: HoldingTrack): void => {
  const moved = type === 'transfer_in' ? quantity : -Math.min(security.long, quantity)
  security.long += moved
  security.record(index)
  security.addMove(index, security.symbol!, moved)
  if (value !== null && quantity > 0)
    prices.addQuote(security.symbol!, day, { price: Math.abs(value) / quantity, currency: security.currency, source: 'trade', day })
}

/** The fraction of a share that cash in lieu is paid for. */
const fractionOf = (units: number): number => {
  const fraction = units % 1
  return fraction > 1 - 1e-9 || fraction < 1e-9 ? 0 : fraction
}

const split = (event: HistoryEvent, { index, prices }: Ledger, security: HoldingTrack): void => {
  const { amount, day, denominator, numerator, quantity, type } = event
  const before = security.long
  if (type === 'stock_dividend') {
    if (before > 0) {
      security.long = before + quantity
      prices.addSplit(security.symbol!, day, before / security.long)
    }
  } else if (numerator > 0 && denominator > 0) {
    security.long = (before * numerator) / denominator
    security.short = (security.short * numerator) / denominator
    prices.addSplit(security.symbol!, day, denominator / numerator)
  }
  security.addMoney(index, -amount)
  if (amount !== 0) security.long -= fractionOf(security.long)
  security.record(index)
}

/** Shares of a security that come of those of another one, at what they are worth on the day. */
const exchange = (event: HistoryEvent, ledger: Ledger, security: HoldingTrack): void => {
  const { amount, denominator, numerator, quantity, type } = event
  const { index, successor } = ledger
  const before = security.long
  security.addMoney(index, -amount)
  if (before === 0 && security.short === 0) return
  if (!successor || successor === security) {
    if (type === 'merger') security.long = 0
    return security.record(index)
  }
  const ratio = numerator > 0 && denominator > 0 ? (before * numerator) / denominator : quantity
  const total = type === 'symbol_change' ? before : ratio
  if (type !== 'symbol_change' && total === 0) return
  const shorts = type === 'symbol_change' ? security.short : 0
  if (type !== 'spin_off') {
    carryPrice(event, ledger, security, successor, before === 0 ? 1 : before / total, before)
    security.long = 0
    security.short -= shorts
  }
  successor.long += total
  successor.short += shorts
  security.addMove(index, successor.symbol!, -(total - shorts))
  successor.addMove(index, successor.symbol!, total - shorts)
  if (type === 'spin_off' && amount !== 0) {
    // The fraction is sold for the cash, which is an exchange of the new security.
    const fraction = fractionOf(successor.long)
    successor.long -= fraction
    security.addMoney(index, amount)
    successor.addMoney(index, -amount)
  }
  security.record(index)
  successor.record(index)
}

/** A security that has no price yet is worth what the one before it was worth, less the cash that was paid. */
const carryPrice = (
  { amount, day }: HistoryEvent,
  { prices }: Ledger,
  security: HoldingTrack,
  successor: HoldingTrack,
  perShare: number,
  before: number,
): void => {
  if (prices.quoteOn(successor.symbol!, day)) return
  const quote = prices.quoteOn(security.symbol!, day)
  if (!quote) return
  const cash = before > 0 && quote.currency === security.currency ? amount / before : 0
  prices.addQuote(successor.symbol!, day, { ...quote, source: 'trade', price: (quote.price - cash) * perShare })
}
