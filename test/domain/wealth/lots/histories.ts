import { dateOfEpochDay, epochDayOf } from '../../../../domain/shared/index.ts'
import {
  calculateLots,
  type LotAccount,
  type LotEvent,
  type LotHistory,
  type LotPick,
  type LotResult,
  textOfUnits,
  unitsOf,
} from '../../../../domain/wealth/index.ts'

/** What a test says of a transaction: days as dates, quantities as text, money in dollars. */
export interface Stated {
  readonly id?: string
  readonly accountId?: string
  readonly symbol?: string
  readonly quantity?: string | number
  readonly dollars?: number | null
  readonly picks?: readonly (readonly [openedBy: string, quantity: string | number])[]
}

const cents = (dollars: number): number => Math.round(dollars * 100)

/** A transaction with the usual values for what a test does not say. Its id is its order, unless one is given. */
export const event = (
  type: LotEvent['type'],
  date: string,
  { dollars = 0, picks, quantity = '0', ...others }: Stated & Partial<Omit<LotEvent, 'quantity' | 'picks' | 'cents' | 'day'>> = {},
): LotEvent => ({
  id: `${date} ${type}`,
  accountId: 'taxable',
  type,
  day: epochDayOf(date),
  symbol: 'XYZ',
  newSymbol: null,
  quantity: unitsOf(String(quantity)),
  cents: dollars === null ? null : cents(dollars),
  numerator: 0,
  denominator: 0,
  priceMillionths: null,
  basisCents: null,
  valueCents: null,
  acquiredDay: null,
  origin: null,
  basisShare: null,
  transferAccountId: null,
  isReplacement: false,
  method: 'fifo',
  picks: picks?.map(([openedBy, picked]): LotPick => ({ openedBy, quantity: unitsOf(String(picked)) })) ?? null,
  tie: others.id ?? '',
  ...others,
})

export const accounts: readonly LotAccount[] = [
  { id: 'taxable', isTaxAdvantaged: false },
  { id: 'spouse', isTaxAdvantaged: false },
  { id: 'ira', isTaxAdvantaged: true },
  { id: 'hsa', isTaxAdvantaged: true },
]

export const historyOf = (events: readonly LotEvent[], change: Partial<LotHistory> = {}): LotHistory => ({
  accounts,
  events,
  identicalPairs: [],
  ...change,
})

/** The lots of a history, as a test states it. */
export const calculate = (events: readonly LotEvent[], change: Partial<LotHistory> = {}): LotResult =>
  calculateLots(historyOf(events, change))

const dollars = (cents: number | null): number | null => (cents === null ? null : cents / 100)

/** Of each closing: the lot, the shares, the gain before any disallowance and the part disallowed, in dollars, and the term. */
export const gainsOf = ({ closings }: LotResult) =>
  closings.map(({ basisCents, disallowedCents, openedBy, proceedsCents, quantity, term }) => ({
    lot: openedBy,
    shares: Number(textOfUnits(quantity)),
    basis: dollars(basisCents),
    gain: basisCents === null || proceedsCents === null ? null : (proceedsCents - basisCents) / 100,
    disallowed: disallowedCents / 100,
    term,
  }))

/** Of each open lot: its shares, its basis in dollars and the day after which its holding period begins. */
export const openOf = ({ lots }: LotResult) =>
  lots.map(({ basisCents, holdingDay, openedBy, quantity }) => ({
    lot: openedBy,
    shares: Number(textOfUnits(quantity)),
    basis: dollars(basisCents),
    held: dateOfEpochDay(holdingDay),
  }))
