import type { CalendarDate, Money } from '../../shared/index.ts'
import type { ClosingKind, LotOrigin } from '../lots/index.ts'

/** The boxes of Form 8949: A to C for short terms, D to F for long ones. */
export const form8949Boxes = ['A', 'B', 'C', 'D', 'E', 'F'] as const
export type Form8949Box = (typeof form8949Boxes)[number]

/**
 * Units of one lot that were disposed of in one transaction. Of a short sale, `acquiredOn` is when the units were bought that closed it, and
 * `soldOn` when they were delivered.
 */
export interface RealisedRow {
  /** The transaction that disposed of the units. */
  readonly transactionId: string
  /** The transaction that opened the lot. */
  readonly lotTransactionId: string | null
  readonly accountId: string
  readonly symbol: string
  readonly description: string
  readonly quantity: string
  /** When it was acquired as the holding period counts it; null if it is not known. */
  readonly acquiredOn: CalendarDate | null
  readonly soldOn: CalendarDate
  /** After the costs of the sale. Null if there is no exchange rate of the day. */
  readonly proceeds: Money | null
  /** Null if it is not known. */
  readonly basis: Money | null
  /** The part of a loss that a wash sale disallows; zero or more. */
  readonly disallowedLoss: Money
  readonly term: 'short' | 'long'
  readonly origin: LotOrigin | null
  readonly kind: ClosingKind
  /** Of a fund, for which the average basis is allowed. */
  readonly isFund: boolean
  /** In an account at an institution, which sends a Form 1099-B. */
  readonly isAtBroker: boolean
}
