import type { ClosingKind, HoldingTerm, LotMethod, LotOrigin, LotProblemKind, TransferOrigin } from './terms.ts'

/** Types of transactions that open, change or close tax lots. */
export const lotEventTypes = [
  'symbol_change',
  'split',
  'stock_dividend',
  'merger',
  'spin_off',
  'return_of_capital',
  'transfer_in',
  'buy',
  'reinvestment',
  'sell',
  'short',
  'cover',
  'transfer_out',
] as const
export type LotEventType = (typeof lotEventTypes)[number]

/** A lot that a person has chosen for a sale: a part of the shares that a transaction has opened. */
export interface LotPick {
  /** The transaction that opened the lot. */
  readonly openedBy: string
  readonly quantity: bigint
}

/**
 * A transaction as tax lots see it. Days count from 1970-01-01. Quantities are whole numbers of 10^-18 shares, so that every quantity of the
 * ledger is exact. Money is in cents of US dollars, each at the rate of its day.
 */
export interface LotEvent {
  readonly id: string
  readonly accountId: string
  readonly type: LotEventType
  readonly day: number
  readonly symbol: string
  /** Of a merger, spin-off or symbol change. */
  readonly newSymbol: string | null
  /** Shares that move; of a merger, spin-off or stock dividend, the new shares. 0 if it is not given. */
  readonly quantity: bigint
  /** Cost with fees, or proceeds after fees, or cash paid; null if there is no exchange rate. */
  readonly cents: number | null
  /** Ratio of a split, merger or spin-off; 0 if it is not given. */
  readonly numerator: number
  readonly denominator: number
  /** Price of one new share of a merger, in cents times 10^6. */
  readonly priceMillionths: bigint | null
  /** Of shares that are transferred in: their cost basis, and their worth on the day of a gift or a death. */
  readonly basisCents: number | null
  readonly valueCents: number | null
  readonly acquiredDay: number | null
  readonly origin: TransferOrigin | null
  /** The share of the cost basis that goes to the security of a spin-off, in 10^-10. */
  readonly basisShare: bigint | null
  /** The other account of a transfer, if it is known. */
  readonly transferAccountId: string | null
  /** Whether the shares have already replaced those of a loss that the ledger does not have. */
  readonly isReplacement: boolean
  readonly method: LotMethod
  readonly picks: readonly LotPick[] | null
  /** Order among transactions of a day and type. It depends on what they are, not on when they were stored. */
  readonly tie: string
}

export interface LotAccount {
  readonly id: string
  /** Whether gains in it are not taxed, so that a loss that is replaced there is lost: retirement and health savings accounts. */
  readonly isTaxAdvantaged: boolean
}

/** Shares that one transaction has opened and that no other has closed. */
export interface OpenLot {
  readonly openedBy: string
  readonly accountId: string
  readonly symbol: string
  readonly origin: LotOrigin
  readonly openedDay: number
  /** The day after which the holding period begins: earlier than the purchase where the law adds another one to it. */
  readonly holdingDay: number
  /** The day from which a sale is long-term. */
  readonly longTermDay: number
  readonly quantity: bigint
  /** Of a short lot: the proceeds. Null if it is not known. With the losses that wash sales have added. */
  readonly basisCents: number | null
  /** The part of `basisCents` that wash sales have added. */
  readonly washCents: number
  /** Basis for a loss on a gift that was worth less than the giver's basis; null for others. */
  readonly lossBasisCents: number | null
}

/** A part of a lot that was closed, or a gain without a sale of shares. */
export interface Closing {
  readonly transactionId: string
  /** The transaction that opened the lot; null if no lot was held. */
  readonly openedBy: string | null
  readonly accountId: string
  readonly symbol: string
  readonly kind: ClosingKind
  readonly origin: LotOrigin | null
  readonly quantity: bigint
  readonly openedDay: number | null
  readonly holdingDay: number | null
  readonly closedDay: number
  readonly term: HoldingTerm
  readonly proceedsCents: number | null
  /** With the losses that wash sales have added. Null if it is not known. */
  readonly basisCents: number | null
  /** The part of the loss that a wash sale disallows; not below 0. */
  readonly disallowedCents: number
}

/** A loss, or a part of one, and the shares that replaced those that were sold. */
export interface WashSale {
  /** Of the loss: an index into the closings. */
  readonly closing: number
  /** The transaction that opened the replacement shares. */
  readonly replacedBy: string
  readonly accountId: string
  readonly symbol: string
  readonly replacementDay: number
  readonly quantity: bigint
  readonly disallowedCents: number
  /** Whether the loss is lost for good, because the replacement is in a tax-advantaged account. */
  readonly isLost: boolean
}

export interface LotProblem {
  readonly transactionId: string
  readonly accountId: string
  readonly symbol: string
  readonly kind: LotProblemKind
  /** Shares that are concerned. */
  readonly quantity: bigint
}

export interface LotResult {
  readonly lots: readonly OpenLot[]
  readonly closings: readonly Closing[]
  readonly washSales: readonly WashSale[]
  readonly problems: readonly LotProblem[]
}

export interface LotHistory {
  readonly accounts: readonly LotAccount[]
  readonly events: readonly LotEvent[]
  /** Pairs of securities that a person has declared substantially identical. */
  readonly identicalPairs: readonly (readonly [string, string])[]
}
