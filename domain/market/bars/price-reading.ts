import type { Detection } from '../../files/index.ts'
import type { FileDividend, FileSplit } from './price-actions.ts'
import type { PriceCounts } from './price-figures.ts'

/** How a price file was read. */
export interface PriceReading extends Omit<Detection, 'table'> {
  readonly columnNames: readonly string[]
  readonly counts: PriceCounts
  readonly dividends: readonly FileDividend[]
  readonly splits: readonly FileSplit[]
  /** Splits for which the source has adjusted its prices already. */
  readonly adjustedSplits: number
  /** Rows that were left out because of a fault, or as duplicates. */
  readonly skipped: number
  /** The faults of those rows, the first hundred. */
  readonly skippedFaults: readonly { readonly row: number; readonly column?: string; readonly message: string }[]
}
