import type { TransactionType } from '../../transaction-types.ts'
import type { CalendarDate } from '../../../shared/index.ts'

/** Days are numbers since 1970-01-01. Money and quantities are floating-point estimates. */
export interface HistoryAccount {
  readonly id: string
  /** ISO 4217 code. */
  readonly currency: string
  /** Cash before the first transaction: it comes from outside on the day on which the account opens. */
  readonly openingBalance: number
  /** The first day of the account; its first transaction may be earlier. */
  readonly openedDay: number
}

/** A transaction of the ledger. */
export interface HistoryEvent {
  readonly accountId: string
  readonly day: number
  readonly type: TransactionType
  readonly symbol: string | null
  /** Of a merger, spin-off or symbol change. */
  readonly newSymbol: string | null
  /** Shares that move, never negative; of a merger, spin-off or stock dividend, the new shares. 0 if it is not given. */
  readonly quantity: number
  /** Cash that moves, in the currency of the account; negative if it goes out. Fees are in it. */
  readonly amount: number
  /** Fees and taxes in the amount, not negative. */
  readonly fees: number
  /** What shares that moved without money were worth, in the currency of the account. */
  readonly value: number | null
  /** Ratio of a split, merger or spin-off; 0 if it is not given. */
  readonly numerator: number
  readonly denominator: number
  /** The other account of a transfer, if it is known. */
  readonly transferAccountId: string | null
}

/** Closes of a security as the market quoted them on their day: not adjusted for splits. */
export interface MarketPrices {
  readonly currency: string
  /** Ascending. */
  readonly days: Int32Array
  readonly closes: Float64Array
}

/** A price of one share, as it is on the day that is asked for. */
export interface Quote {
  readonly price: number
  readonly currency: string
  readonly source: 'market' | 'trade'
  /** The day of the close or the trade. */
  readonly day: number
}

/** One unit of a currency in another one on a day; undefined if it is not known. */
export type RateOn = (from: string, to: string, day: number) => number | undefined

/** Where a history stands at the end of a day: all that the days after it need of the ones before. It survives JSON without a loss. */
export interface HistoryState {
  readonly day: number
  /** Shares and money of holdings; `most` is the most that was ever held. An account without its cash here is not opened yet. */
  readonly holdings: readonly {
    readonly accountId: string
    readonly symbol: string | null
    readonly long: number
    readonly short: number
    readonly most: number
  }[]
  /** The last prices, and until which day closes are in them: a history that does not need a security is not given its closes. */
  readonly quotes: readonly (Quote & { readonly symbol: string; readonly until: number })[]
  /** The last split of securities, where another record of it can follow. */
  readonly splits: readonly { readonly symbol: string; readonly day: number }[]
  /** What statements have added to the money of accounts, in their currencies. */
  readonly stated: readonly { readonly accountId: string; readonly added: number }[]
}

export interface ValueHistoryInput {
  readonly firstDay: number
  readonly lastDay: number
  /** Of the result. */
  readonly currency: string
  readonly accounts: readonly HistoryAccount[]
  /** Ordered by day. Within a day they count in the order of tax lots. */
  readonly events: readonly HistoryEvent[]
  readonly prices: ReadonlyMap<string, MarketPrices>
  readonly rates: RateOn
  /** At the end of the day before the first one: then the events are those after it, and the closes of a security those after `until`. Undefined: they are all. */
  readonly state?: HistoryState | undefined
  /** The events among which are all halves of transfers of all days. By default the events. */
  readonly transfers?: readonly HistoryEvent[]
  /** Days of which the state is wanted, ascending; those outside of the history have none. */
  readonly checkpoints?: readonly number[]
}

/**
 * A security in an account, or the cash of an account, day by day in the currency of the report. Element `i` is of the day `firstDay + i`. On each day:
 * value - value of the day before - flow = priceGain + currencyGain + income - fees.
 */
export interface HoldingHistory {
  readonly accountId: string
  /** Null for cash. */
  readonly symbol: string | null
  /** Of what is on the way between two accounts: the one that it comes into; `accountId` is the one that it left. Null for all others. */
  readonly toAccountId: string | null
  /** Shares, or cash in the currency of the account, at the end of the last day; negative if sold short or owed. */
  readonly units: number
  /** Value at the end of the day before the first one; null if it is not known. */
  readonly openingValue: number | null
  /** 1 on days on which the value is known. On others the holding is left out: its value here is 0, and what it was worth is a flow. */
  readonly isKnown: Uint8Array
  readonly value: Float64Array
  /** What was put in, by trades at their amount and from outside; negative for what was taken out, income that was paid out as cash too. */
  readonly flow: Float64Array
  /** Before fees and taxes that were withheld. */
  readonly income: Float64Array
  readonly fees: Float64Array
  readonly priceGain: Float64Array
  readonly currencyGain: Float64Array
}

/** Days, both ends included, on which the value of a holding is not known. */
export interface ValueGap {
  readonly accountId: string
  /** Null for cash. */
  readonly symbol: string | null
  readonly from: CalendarDate
  readonly to: CalendarDate
}

/** Where the last price of a security comes from, and the day of the close or the trade. */
export interface LastPrice {
  readonly symbol: string
  readonly source: 'market' | 'trade'
  readonly date: CalendarDate
}

export interface ValueHistory {
  readonly firstDay: number
  readonly lastDay: number
  readonly currency: string
  /** By account in the order given, then by symbol, cash first, then what is on the way. Holdings without a value or a flow in these days are left out. */
  readonly holdings: readonly HoldingHistory[]
  /** Days on which a security has neither a market price nor a trade. */
  readonly unpriced: readonly ValueGap[]
  /** Days on which there is no exchange rate for a value or a flow. */
  readonly unconverted: readonly ValueGap[]
  readonly lastPrices: readonly LastPrice[]
  /** At the checkpoints. */
  readonly states: readonly HistoryState[]
}
