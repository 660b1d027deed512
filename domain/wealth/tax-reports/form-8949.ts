import { type CalendarDate, Decimal, type Money } from '../../shared/index.ts'
import { shortestDecimal } from '../fingerprint.ts'
import { type FormRounding, onForm, sumOf } from './figures.ts'
import { type BoxFacts, boxOf } from './form-8949-box.ts'
import { type Form8949Box, form8949Boxes, type RealisedRow } from './realised-row.ts'

/** A line of Form 8949. The members are its columns (a) to (h). */
export interface Form8949Line {
  readonly transactionId: string
  readonly lotTransactionId: string | null
  readonly accountId: string
  /** (a) */
  readonly description: string
  /** (b): a date, INHERITED, or null if it is not known. */
  readonly acquired: string | null
  /** (c) */
  readonly sold: CalendarDate
  /** (d) */
  readonly proceeds: Money
  /** (e) */
  readonly basis: Money
  /** (f) */
  readonly codes: '' | 'W'
  /** (g) */
  readonly adjustment: Money
  /** (h): (d) less (e), combined with (g). */
  readonly gain: Money
}

export interface Form8949Totals {
  readonly proceeds: Money
  readonly basis: Money
  readonly adjustment: Money
  readonly gain: Money
}

export interface Form8949Part {
  readonly box: Form8949Box
  readonly lines: readonly Form8949Line[]
  readonly totals: Form8949Totals
}

/** A disposal that cannot be on the form yet. */
export interface IncompleteLine {
  readonly transactionId: string
  readonly lotTransactionId: string | null
  readonly accountId: string
  readonly box: Form8949Box
  readonly description: string
  readonly acquired: CalendarDate | null
  readonly sold: CalendarDate
  readonly proceeds: Money
  readonly reason: string
}

export interface Form8949 {
  /** The boxes that have lines, in their order. */
  readonly parts: readonly Form8949Part[]
  /** Sums of all parts of a term. */
  readonly totals: { readonly short: Form8949Totals; readonly long: Form8949Totals }
  /** In no total. */
  readonly incomplete: readonly IncompleteLine[]
}

export interface Form8949Options extends BoxFacts {
  /** By default the cents are kept. */
  readonly rounding?: FormRounding
}

export const totalsOf = (lines: readonly Form8949Totals[]): Form8949Totals => ({
  proceeds: sumOf(lines.map(({ proceeds }) => proceeds)),
  basis: sumOf(lines.map(({ basis }) => basis)),
  adjustment: sumOf(lines.map(({ adjustment }) => adjustment)),
  gain: sumOf(lines.map(({ gain }) => gain)),
})

/** `100 sh. XYZ Co.`, as the instructions show it. */
const descriptionOf = ({ description, quantity, symbol }: RealisedRow): string =>
  `${shortestDecimal(quantity)} sh. ${description === '' || description === symbol ? symbol : `${description} (${symbol})`}`

const lineOf = (row: RealisedRow, basis: Money, rounding: FormRounding): Form8949Line => {
  const [given, cost, disallowed] = [row.proceeds, basis, row.disallowedLoss].map(amount => onForm(new Decimal(amount), rounding)) as [
    Money,
    Money,
    Money,
  ]
  const { accountId, lotTransactionId, transactionId } = row
  return {
    transactionId,
    lotTransactionId,
    accountId,
    description: descriptionOf(row),
    acquired: row.origin === 'inheritance' ? 'INHERITED' : row.acquiredOn,
    sold: row.soldOn,
    proceeds: given,
    basis: cost,
    codes: new Decimal(row.disallowedLoss).isZero() ? '' : 'W',
    adjustment: disallowed,
    gain: onForm(new Decimal(given).minus(cost).plus(disallowed), rounding),
  }
}

const inOrder = (left: RealisedRow, right: RealisedRow): number =>
  left.soldOn.localeCompare(right.soldOn) ||
  left.symbol.localeCompare(right.symbol) ||
  (left.acquiredOn ?? '').localeCompare(right.acquiredOn ?? '') ||
  left.transactionId.localeCompare(right.transactionId)

/**
 * Form 8949 of the disposals of a year: its lines by box, with totals. A wash sale has the code W and the disallowed loss in column (g). A
 * disposal without a basis is listed apart, with the reason, and is in no total. In whole dollars, each column of a line is rounded, so that
 * lines and totals add up.
 * Source: Instructions for Form 8949, columns (a) to (h).
 */
export const form8949 = (rows: readonly RealisedRow[], { rounding = 'cents', ...facts }: Form8949Options): Form8949 => {
  const placed = rows.toSorted(inOrder).map(row => ({ row, box: boxOf(row, facts) }))
  const complete = placed.flatMap(({ box, row }) => (row.basis === null ? [] : [{ box, line: lineOf(row, row.basis, rounding) }]))
  const incomplete = placed.flatMap(({ box, row }): IncompleteLine[] =>
    row.basis !== null
      ? []
      : [
          {
            transactionId: row.transactionId,
            lotTransactionId: row.lotTransactionId,
            accountId: row.accountId,
            box,
            description: descriptionOf(row),
            acquired: row.acquiredOn,
            sold: row.soldOn,
            proceeds: onForm(new Decimal(row.proceeds), rounding),
            reason:
              row.acquiredOn === null
                ? 'The purchase is not in the ledger, so the basis and the date acquired are not known.'
                : 'The basis is not known.',
          },
        ],
  )
  const linesIn = (...boxes: readonly Form8949Box[]) => complete.flatMap(({ box, line }) => (boxes.includes(box) ? [line] : []))
  return {
    parts: form8949Boxes.flatMap(box => {
      const lines = linesIn(box)
      return lines.length === 0 ? [] : [{ box, lines, totals: totalsOf(lines) }]
    }),
    totals: { short: totalsOf(linesIn('A', 'B', 'C')), long: totalsOf(linesIn('D', 'E', 'F')) },
    incomplete,
  }
}
