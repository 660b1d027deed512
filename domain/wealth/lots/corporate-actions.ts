import type { Family } from './family.ts'
import { centsByQuantity, type LotBook } from './lot-book.ts'
import { divideByWeights, ONE_SHARE, sharesOf } from './quantities.ts'
import { Lot, Purchase } from './state.ts'
import type { LotEvent } from './types.ts'

/** Gives lots new quantities that add up to a total, in proportion to those that they have. */
const rescale = (lots: readonly Lot[], total: bigint): void => {
  const before = sharesOf(lots)
  const quantities = divideByWeights(
    total,
    lots.map(({ quantity }) => quantity),
    before,
  )
  for (let index = 0; index < lots.length; index += 1) {
    const lot = lots[index]!
    lot.quantity = quantities[index]!
    lot.book?.changed(lot)
  }
}

/** Cash that was paid instead of a fraction of a share: the fraction is sold for it. */
const cashInLieu = (family: Family, event: LotEvent, symbol: string, book: LotBook): void => {
  if (event.cents === 0) return
  const fraction = book.total() % ONE_SHARE
  if (fraction === 0n) family.problem(event, 'no_fraction')
  else family.sell({ ...event, symbol }, 'cash_in_lieu', fraction, event.cents)
}

/** The shares of an account after a corporate action: from a ratio of two whole numbers, or from a quantity. */
const newTotal = (event: LotEvent, before: bigint): bigint | undefined => {
  if (event.numerator > 0 && event.denominator > 0) return (before * BigInt(event.numerator)) / BigInt(event.denominator)
  return event.quantity > 0n ? event.quantity : undefined
}

/** A split multiplies the shares of each lot and keeps its basis and its days. Long and short lots alike. */
export const applySplit = (family: Family, event: LotEvent): void => {
  const { accountId, symbol } = event
  const books = [family.book(accountId, symbol), family.book(accountId, symbol, true)].filter(book => !book.isEmpty)
  if (books.length === 0) family.problem(event, 'no_holding', 0n)
  for (const book of books) rescale(book.open(), newTotal({ ...event, quantity: 0n }, book.total())!)
  const long = family.book(accountId, symbol)
  if (!long.isEmpty) cashInLieu(family, event, symbol, long)
}

/** A dividend in shares that is not taxed spreads the basis of the old shares over all, IRC 305(a), 307(a). */
export const applyStockDividend = (family: Family, event: LotEvent): void => {
  const book = family.book(event.accountId, event.symbol)
  if (book.isEmpty) return family.problem(event, 'no_holding')
  rescale(book.open(), book.total() + event.quantity)
  cashInLieu(family, event, event.symbol, book)
}

/** A new name of a security changes nothing else. */
export const applySymbolChange = (family: Family, event: LotEvent): void => {
  for (const isShort of [false, true]) {
    const book = family.book(event.accountId, event.symbol, isShort)
    const lots = book.open()
    book.clear()
    family.move(lots, event.accountId, event.newSymbol!, isShort)
  }
  family.washSales.renamed(event.symbol, event.newSymbol!)
}

/**
 * A merger exchanges shares of one company for those of another. Basis and holding period carry over. With cash besides ("boot") the gain of each lot is
 * taxed up to its cash, a loss is not recognised, and the basis is the old one, less the cash, plus the gain: IRC 354, 356(a), 358(a). A merger for
 * cash alone is a sale.
 */
export const applyMerger = (family: Family, event: LotEvent): void => {
  const { accountId, newSymbol, symbol } = event
  const book = family.book(accountId, symbol)
  if (book.isEmpty) return family.problem(event, 'no_holding')
  if (newSymbol === null || newSymbol === symbol) return family.sell(event, 'sale', book.total(), event.cents)
  const lots = book.open()
  const before = sharesOf(lots)
  const total = newTotal(event, before)
  if (total === undefined) return family.problem(event, 'no_ratio', before)
  const boot = event.cents === null ? undefined : centsByQuantity(event.cents, lots, before)
  if (event.cents !== 0 && (boot === undefined || event.priceMillionths === null))
    family.problem(event, boot === undefined ? 'no_rate' : 'no_price', before)
  const olds = lots.map(({ quantity }) => quantity)
  rescale(lots, total)
  book.clear()
  if (event.cents !== 0) for (const [index, lot] of lots.entries()) takeBoot(family, event, lot, olds[index]!, boot?.[index] ?? 0)
  family.move(lots, accountId, newSymbol)
  // Of the first account alone: then the losses have the new name.
  family.washSales.split(symbol, total, before)
  family.washSales.renamed(symbol, newSymbol)
}

const takeBoot = (family: Family, event: LotEvent, lot: Lot, oldQuantity: bigint, cash: number): void => {
  const isKnown = lot.isBasisKnown && event.priceMillionths !== null && event.cents !== null
  const basis = lot.cents + lot.washCents
  const worth = isKnown ? Number((lot.quantity * event.priceMillionths + (ONE_SHARE * 1_000_000n) / 2n) / (ONE_SHARE * 1_000_000n)) : 0
  const gain = Math.max(0, Math.min(cash, worth + cash - basis))
  family.addClosing(event, 'boot', lot, oldQuantity, event.cents === null ? null : cash, isKnown ? cash - gain : null)
  if (isKnown) lot.cents += gain - cash
  else lot.isBasisKnown = false
}

/**
 * A spin-off gives shares of a new company for those of its parent. A part of the basis of each lot goes to its new shares, with the holding
 * period: IRC 355, 358(b)(2). The part is that of Form 8937 of the parent.
 */
export const applySpinOff = (family: Family, event: LotEvent): void => {
  const { accountId, newSymbol, symbol } = event
  const lots = family.book(accountId, symbol).open()
  const before = sharesOf(lots)
  if (before === 0n) return family.problem(event, 'no_holding')
  const total = newTotal(event, before)
  if (total === undefined) return family.problem(event, 'no_ratio', before)
  if (event.basisShare === null) family.problem(event, 'no_basis_share', total)
  const quantities = divideByWeights(
    total,
    lots.map(({ quantity }) => quantity),
    before,
  )
  const purchase = new Purchase(event.id, event.day, false)
  const book = family.book(accountId, newSymbol!)
  for (const [index, lot] of lots.entries()) {
    const isKnown = lot.isBasisKnown && event.basisShare !== null
    const cents = partOf(lot.cents, event.basisShare)
    const washCents = partOf(lot.washCents, event.basisShare)
    const known = isKnown ? cents : null
    const child = new Lot(purchase, lot.account, newSymbol!, 'spin_off', quantities[index]!, known, lot.openedDay, lot.holdingDay)
    child.washCents = washCents
    lot.cents -= cents
    lot.washCents -= washCents
    if (event.basisShare === null) lot.isBasisKnown = false
    lot.book?.changed(lot)
    if (child.quantity > 0n) book.add(child)
  }
  cashInLieu(family, event, newSymbol!, book)
}

const SHARES_OF_BASIS = 10n ** 10n
const partOf = (cents: number, share: bigint | null): number =>
  share === null ? 0 : Number((2n * BigInt(cents) * share + SHARES_OF_BASIS) / (2n * SHARES_OF_BASIS))

/** A return of capital reduces the basis of the shares alike. What is more than the basis of a lot is a gain: Publication 550, chapter 1, "Nondividend Distributions". */
export const applyReturnOfCapital = (family: Family, event: LotEvent): void => {
  const lots = family.book(event.accountId, event.symbol).open()
  const total = sharesOf(lots)
  if (total === 0n) return family.problem(event, 'no_holding', 0n)
  const parts = event.cents === null ? undefined : centsByQuantity(event.cents, lots, total)
  if (!parts) family.problem(event, 'no_rate', total)
  for (const [index, lot] of lots.entries()) {
    const cents = parts?.[index]
    if (cents === undefined) lot.isBasisKnown = false
    else {
      const fromWash = Math.min(lot.washCents, Math.max(0, cents - lot.cents))
      const fromBasis = Math.min(lot.cents, cents)
      const excess = cents - fromBasis - fromWash
      lot.cents -= fromBasis
      lot.washCents -= fromWash
      if (excess > 0 && lot.isBasisKnown) family.addClosing(event, 'return_of_capital', lot, 0n, excess, 0)
    }
    lot.book?.changed(lot)
  }
}
