import type { CalendarDate } from '../../shared/index.ts'
import type { AccountType, TaxType } from '../account-types.ts'
import type { ConnectionState } from '../connection-states.ts'
import type { BalanceSource } from '../ledger-terms.ts'
import type { LotProblemKind } from '../lots/index.ts'
import type { ClassFacts, TargetWeight } from '../portfolios/index.ts'

/** A month in which an account has transactions. */
export interface MonthOfAccount {
  /** Its first day. */
  readonly month: CalendarDate
  /** The sum of its transactions. */
  readonly amount: string
}

export interface HealthAccount {
  readonly id: string
  readonly name: string
  readonly type: AccountType
  readonly taxType: TaxType | null
  readonly currency: string
  readonly balanceSource: BalanceSource
  readonly openedOn: CalendarDate | null
  readonly closedOn: CalendarDate | null
  readonly openingBalance: string
  readonly creditLimit: string | null
  /** Today; null if it is not known. */
  readonly balance: string | null
  /** Of the last posted transaction or the last statement. */
  readonly balanceDate: CalendarDate | null
  /** Of a ledger: what the institution has stated beside it, with the sums of the ledger that it may be. */
  readonly statement: {
    readonly balance: string
    readonly date: CalendarDate
    readonly ledger: string
    readonly ledgerBefore: string
    readonly pending: string
  } | null
  /** Of a ledger, ascending. */
  readonly months: readonly MonthOfAccount[]
  /** Of a stated balance: statements that are far apart. */
  readonly gaps: readonly { readonly from: CalendarDate; readonly until: CalendarDate }[]
}

/** Days on which an exchange trades. */
export interface ExchangeCalendar {
  readonly code: string
  /** ISO 8601 weekdays. */
  readonly tradingDays: readonly number[]
  /** Days on which it is closed. */
  readonly holidays: readonly CalendarDate[]
}

/** A security of which the household has open lots. */
export interface HeldSecurity {
  readonly symbol: string
  /** Shares, of short lots below zero. */
  readonly quantity: string
  /** The account with the first lot. */
  readonly accountId: string
  /** Whether a transaction names it by its symbol, not only by an identifier or a name. */
  readonly hasSymbol: boolean
  /** What the market data know; null if they do not have it. */
  readonly listing: (ClassFacts & { readonly name: string; readonly currency: string; readonly exchangeCode: string }) | null
  readonly close: string | null
  readonly closeDate: CalendarDate | null
  readonly lastTradeOn: CalendarDate | null
  /** Classes that the household has given. */
  readonly classes: readonly TargetWeight[] | null
}

/** The daily bars of a held security, ascending, and its splits. */
export interface HeldBars {
  readonly symbol: string
  /** Days since 1970-01-01. */
  readonly days: Int32Array
  readonly opens: Float64Array
  readonly closes: Float64Array
}

export interface KnownSplit {
  readonly symbol: string
  readonly date: CalendarDate
  readonly numerator: number
  readonly denominator: number
}

/** Shares that an account has held since before a split of the market data, without a split in the ledger. */
export interface HeldThroughSplit extends KnownSplit {
  readonly accountId: string
  readonly quantity: string
}

/** The newest rate of a pair of currencies. */
export interface NewestRate {
  readonly base: string
  readonly quote: string
  readonly date: CalendarDate
}

export interface HealthLotProblem {
  readonly accountId: string
  readonly symbol: string
  readonly kind: LotProblemKind
  readonly date: CalendarDate
  readonly quantity: string
}

export interface HealthConnection {
  readonly id: string
  readonly institutionName: string
  readonly isActive: boolean
  readonly syncStatus: ConnectionState
  readonly errorMessage: string | null
  /** Instants, RFC 3339. */
  readonly lastSyncAt: string | null
  readonly consentExpiresAt: string | null
  readonly createdAt: string
}

export interface HealthImport {
  readonly id: string
  readonly fileName: string
  readonly status: 'open' | 'storing' | 'committed' | 'undoing' | 'undone'
  readonly failure: string | null
  readonly rejectedCount: number | null
  /** Instants, RFC 3339. */
  readonly createdAt: string
  readonly workingSince: string | null
  readonly committedAt: string | null
}

/** Transactions of an account on a day. */
export interface CountOnDay {
  readonly accountId: string
  readonly date: CalendarDate
  readonly count: number
}

/** Transactions of an account in a range of days. */
export interface CountInRange {
  readonly accountId: string
  readonly count: number
  readonly from: CalendarDate
  readonly until: CalendarDate
}

export interface DuplicatePairs extends CountInRange {
  /** Of the newest pair. */
  readonly amount: string
  readonly description: string
}

/** Everything about a household that is checked. */
export interface HealthFacts {
  readonly household: { readonly id: string; readonly name: string; readonly currency: string }
  /** In the timezone of the household. */
  readonly today: CalendarDate
  /** Now, RFC 3339. */
  readonly now: string
  readonly accounts: readonly HealthAccount[]
  readonly securities: readonly HeldSecurity[]
  readonly calendars: readonly ExchangeCalendar[]
  readonly bars: readonly HeldBars[]
  /** Of the market data. */
  readonly splits: readonly KnownSplit[]
  /** Of the ledger. */
  readonly enteredSplits: readonly KnownSplit[]
  readonly heldThroughSplits: readonly HeldThroughSplit[]
  readonly rates: readonly NewestRate[]
  readonly lotProblems: readonly HealthLotProblem[]
  /** Securities of which the lots wait to be calculated, and since when. */
  readonly lotWork: { readonly since: string; readonly count: number } | null
  readonly connections: readonly HealthConnection[]
  readonly imports: readonly HealthImport[]
  /** Pending transactions by day. */
  readonly pending: readonly CountOnDay[]
  /** Posted transactions after today. */
  readonly future: readonly CountInRange[]
  /** Transactions of the last year that say they are transfers, without another half, by day. */
  readonly unmatched: readonly CountOnDay[]
  readonly duplicates: readonly DuplicatePairs[]
  readonly proposedTransfers: number
  /** Transactions of the last year without a category; null if there is none. */
  readonly uncategorised: Omit<CountInRange, 'accountId'> | null
}
