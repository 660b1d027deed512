import type { Family } from './family.ts'
import { LotBook } from './lot-book.ts'
import { sharesOf } from './quantities.ts'
import { Lot, Purchase } from './state.ts'
import { pairTransfers } from './transfer-halves.ts'
import type { LotEvent } from './types.ts'

/** Moves lots between accounts with their days and their basis, and brings in those from outside. */
export class Transfers {
  private readonly family: Family
  private readonly halves: ReadonlyMap<string, LotEvent>
  private readonly outs = new Map<string, LotEvent>()
  /** Lots that have left one account and not yet come into the other, by the event that brings them in. */
  private readonly onTheWay = new Map<string, LotBook>()
  private readonly done = new Set<string>()

  constructor(family: Family, events: readonly LotEvent[]) {
    this.family = family
    const halves = events.filter(({ type }) => type === 'transfer_in' || type === 'transfer_out')
    this.halves = pairTransfers(halves)
    for (const event of halves) {
      const into = this.halves.get(event.id)
      if (into) this.outs.set(into.id, event)
    }
  }

  out(event: LotEvent): void {
    if (this.done.has(event.id)) return
    const { accountId, symbol } = event
    const into = this.halves.get(event.id)
    const lots = this.family.book(accountId, symbol).take(event.quantity, event.method, event.picks, Number.NaN, event.day)
    const missing = event.quantity - sharesOf(lots)
    if (missing > 0n) this.family.problem(event, 'oversold', missing)
    if (into) {
      const between = new LotBook()
      between.addAll(lots.toSorted((one, other) => one.openedDay - other.openedDay))
      this.onTheWay.set(into.id, between)
    } else {
      for (const lot of lots) lot.quantity = 0n
      if (event.origin !== 'gift') this.family.problem(event, 'transfer_without_other_half')
    }
    // Recorded on an earlier day than it left, or on the same day.
    if (into && into.day <= event.day) this.in(into)
  }

  in(event: LotEvent): void {
    if (this.done.has(event.id)) return
    const out = this.outs.get(event.id)
    if (out && !this.onTheWay.has(event.id)) {
      if (out.day > event.day) {
        this.out({ ...out, day: event.day })
        this.done.add(out.id)
      }
      return
    }
    this.done.add(event.id)
    const between = this.onTheWay.get(event.id)
    const lots = between?.open() ?? []
    between?.clear()
    this.family.move(lots, event.accountId, event.symbol)
    const rest = event.quantity - sharesOf(lots)
    if (rest > 0n) this.fromOutside(event, rest, out !== undefined)
  }

  private fromOutside(event: LotEvent, quantity: bigint, isRestOfPair: boolean): void {
    const origin = event.origin ?? 'transfer'
    const basis = isRestOfPair ? null : (event.basisCents ?? (origin === 'inheritance' ? event.valueCents : null))
    if (basis === null) this.family.problem(event, 'unknown_basis', quantity)
    const openedDay = (origin === 'transfer' ? event.acquiredDay : null) ?? event.day
    const holdingDay = event.acquiredDay ?? event.day
    const purchase = new Purchase(event.id, openedDay, false)
    const account = this.family.account(event.accountId)
    const lot = new Lot(purchase, account, event.symbol, origin, quantity, basis, openedDay, holdingDay)
    if (origin === 'gift' && event.valueCents !== null && basis !== null && event.valueCents < basis) {
      lot.lossCents = event.valueCents
      lot.giftDay = event.day
    }
    lot.isReplacement = event.isReplacement
    this.family.book(event.accountId, event.symbol).add(lot)
    // Shares that were bought elsewhere replace those of a loss too; a gift and an inheritance are no purchase.
    if (origin === 'transfer' && event.acquiredDay !== null) this.family.washSales.bought(lot, event.day)
    if (!account.isTaxAdvantaged) this.family.shortSales.cameIn(lot)
  }
}
