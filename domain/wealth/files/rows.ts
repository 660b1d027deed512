import type { CalendarDate, Money } from '../../shared/index.ts'
import type { AccountType, TaxType } from '../account-types.ts'
import type { TransactionCategory } from '../categories.ts'
import type { TransferOrigin } from '../lots/index.ts'
import type { ContributionSource } from '../ledger-terms.ts'
import type { TransactionType } from '../transaction-types.ts'

/** Formats of files with transactions. `qfx` is OFX with the fields of Intuit. */
export const fileFormats = ['ofx', 'qfx', 'qif', 'csv', 'json'] as const
export type FileFormat = (typeof fileFormats)[number]

/** One part of a transaction that is divided between categories. The parts add up to the amount. */
export interface FileSplit {
  readonly amount: Money
  /** As the file names it. */
  readonly label?: string | undefined
  readonly category?: TransactionCategory | undefined
  /** The name of a category of the household's own, below `category`. Only our own exports have it. */
  readonly ownCategory?: string | undefined
  readonly notes?: string | undefined
}

/** Charges of an investment transaction, zero or more. */
export interface FileCharges {
  readonly commission?: Money | undefined
  readonly fees?: Money | undefined
  readonly regulatoryFees?: Money | undefined
  readonly load?: Money | undefined
  readonly penalty?: Money | undefined
  /** Taxes on the trade itself. */
  readonly taxes?: Money | undefined
  /** Federal, or of an unknown authority. */
  readonly taxWithheld?: Money | undefined
  readonly stateTaxWithheld?: Money | undefined
}

/** Charges by their kinds. */
export const chargeKinds = [
  'commission',
  'fees',
  'regulatoryFees',
  'load',
  'penalty',
  'taxes',
  'taxWithheld',
  'stateTaxWithheld',
] as const satisfies readonly (keyof FileCharges)[]

/** New units per old units of a split: 3 for 1 is `{ numerator: 3, denominator: 1 }`. */
export interface SplitRatio {
  readonly numerator: number
  readonly denominator: number
}

/** One transaction of a file, in the same form for every format. */
export interface FileTransaction {
  /** Line of the file on which it begins, from 1. In a JSON file, its place in its list, from 1. */
  readonly line: number
  readonly type: TransactionType
  /** The day on which it was posted; for a trade, its trade date if the file gives no other. In the zone of the file. */
  readonly date: CalendarDate
  readonly tradeDate?: CalendarDate | undefined
  readonly settlementDate?: CalendarDate | undefined
  /** With two decimals; positive for money that comes in. "0.00" if no money moves. */
  readonly amount: Money
  /** ISO 4217. Left out if the file gives none. */
  readonly currency?: string | undefined
  /** Empty if the file gives none. */
  readonly description: string
  readonly merchantName?: string | undefined
  readonly notes?: string | undefined
  /** The institution's identifier. */
  readonly externalId?: string | undefined
  readonly checkNumber?: string | undefined
  /** The category as the file names it. */
  readonly label?: string | undefined
  readonly category?: TransactionCategory | undefined
  /** The name of a category of the household's own, below `category`. Only our own exports have it, and the three that follow. */
  readonly ownCategory?: string | undefined
  /** Names of files that are kept elsewhere. */
  readonly attachments?: readonly string[] | undefined
  /** From 0 to 1. */
  readonly dataQualityScore?: string | undefined
  readonly confidenceScore?: string | undefined
  readonly tags?: readonly string[] | undefined
  readonly splits?: readonly FileSplit[] | undefined
  readonly isPending?: boolean | undefined
  /** Identifier of the pending transaction that this one replaces. */
  readonly pendingId?: string | undefined
  /** Name of the account of the other side of a transfer. */
  readonly transferAccount?: string | undefined
  /** Distinguishes a transaction that another one of the same account cancels. Only our own exports have it, and `reverses`. */
  readonly key?: string | undefined
  /** The `key` of the transaction that this one cancels. */
  readonly reverses?: string | undefined
  /** Balance after the transaction. */
  readonly runningBalance?: Money | undefined

  readonly symbol?: string | undefined
  readonly securityName?: string | undefined
  /** CUSIP, ISIN or the institution's own. */
  readonly securityId?: string | undefined
  /** Units that are bought, sold or moved: above zero, at most 15 digits before the decimal point and 18 after it. */
  readonly quantity?: string | undefined
  /** Per unit. */
  readonly price?: string | undefined
  /** Worth of the units, positive, where they change hands without money: the income that a reinvestment spends. */
  readonly value?: Money | undefined
  /** Day on which units that are transferred were bought. */
  readonly acquiredDate?: CalendarDate | undefined
  /** How units that are transferred in were acquired. */
  readonly lotOrigin?: TransferOrigin | undefined
  /** Cost basis of units that are transferred in; of a gift, that of the giver. */
  readonly costBasis?: Money | undefined
  /** Of a spin-off: the part of the cost basis that goes to the new security, from 0 to 1. */
  readonly basisShare?: string | undefined
  readonly charges?: FileCharges | undefined
  /** Whether a dividend is a qualified dividend. Left out if unknown. */
  readonly isQualified?: boolean | undefined
  /** Year of a contribution for tax, if the file gives it. */
  readonly taxYear?: number | undefined
  readonly contributionSource?: ContributionSource | undefined
  /** The name of the person who gave a contribution. Only our own exports have it. */
  readonly contributor?: string | undefined
  readonly splitRatio?: SplitRatio | undefined
  readonly newSymbol?: string | undefined
}

/** A position that a file states. */
export interface FileHolding {
  readonly line: number
  readonly symbol?: string | undefined
  readonly securityName?: string | undefined
  readonly securityId?: string | undefined
  /** Negative for a short position. */
  readonly quantity: string
  readonly price?: string | undefined
  readonly marketValue?: Money | undefined
  readonly costBasis?: Money | undefined
  readonly date?: CalendarDate | undefined
  readonly currency?: string | undefined
  /** The position is cash: its quantity is the amount. */
  readonly isCash?: boolean | undefined
}

/** What a file says of one account, with its rows. */
export interface FileAccount {
  /** Distinguishes the accounts of one file: numberHash, identifier or name. */
  readonly key: string
  /** The name that the file gives. */
  readonly name?: string | undefined
  /** The last four characters of its number. The full number leaves the reader only as `numberHash`. */
  readonly mask?: string | undefined
  /** SHA-256, in hexadecimal, of the number in capital letters and without separators. */
  readonly numberHash?: string | undefined
  /** Plaid's identifier. */
  readonly externalId?: string | undefined
  readonly type?: AccountType | undefined
  readonly taxType?: TaxType | undefined
  readonly currency?: string | undefined
  /** Money that is owed is negative. */
  readonly balance?: Money | undefined
  readonly balanceDate?: CalendarDate | undefined
  readonly availableBalance?: Money | undefined
  /** Uninvested cash of an account with securities. */
  readonly cashBalance?: Money | undefined
  readonly creditLimit?: Money | undefined
  readonly institutionName?: string | undefined
  readonly institutionId?: string | undefined
  /** First and last day that the file covers, if it says so. */
  readonly from?: CalendarDate | undefined
  readonly to?: CalendarDate | undefined
  readonly transactions: readonly FileTransaction[]
  readonly holdings: readonly FileHolding[]
}

/** A row of a file that was not read. */
export interface RejectedRow {
  readonly line: number
  /** The field, as the file names it. */
  readonly field?: string | undefined
  readonly message: string
}

/** Everything that a file holds. */
export interface FileContent {
  readonly format: FileFormat
  readonly accounts: readonly FileAccount[]
  /** The first hundred faults. A row with a fault is not among the transactions. */
  readonly rejected: readonly RejectedRow[]
  /** Number of rows that were not read. */
  readonly rejectedCount: number
  /** What was read in a particular way, or skipped, in sentences for the person. */
  readonly notes: readonly string[]
  /** What nothing in the file decides, and the person must choose before rows are stored: `dateOrder`, `decimalMark`, `sign`, `encoding`. */
  readonly ambiguous?: readonly string[] | undefined
  /** Identifiers that the institution removed, in a Plaid file. */
  readonly removedIds?: readonly string[] | undefined
  /** Identifiers of transactions that replace those with the same identifier, in a Plaid file. */
  readonly modifiedIds?: readonly string[] | undefined
}
