import { type CalendarDate, Decimal, type Money } from '../../shared/index.ts'
import { shortestDecimal } from '../fingerprint.ts'
import { type FormRounding, onForm, sumOf } from './figures.ts'
import { type BoxFacts, boxOf } from './form-8949-box.ts'
import { type Form8949Box, form8949Boxes, type RealisedRow } from './realised-row.ts'

/** A line of Form 8949. The members are its columns (a) to (h). A line without proceeds or basis cannot be on the form yet. */
export interface Form8949Line {
  readonly transactionId: string
  readonly lotTransactionId: string | null
  readonly accountId: string
  readonly symbol: string
  readonly box: Form8949Box
  /** (a) */
  readonly description: string
  /** (b): a date, INHERITED, or null if it is not known. */
  readonly acquired: string | null
  /** (c) */
  readonly sold: CalendarDate
  /** (d); null if it is not known. */
  readonly proceeds: Money | null
  /** (e); null if it is not known. */
  readonly basis: Money | null
  /** (f) */
  readonly codes: '' | 'W'
  /** (g) */
  readonly adjustment: Money
  /** (h): (d) less (e), combined with (g). */
  readonly gain: Money | null
  /** Why the gain is not known. */
  readonly reason: string | null
}

export interface Form8949Totals {
  readonly proceeds: Money
  readonly basis: Money
  readonly adjustment: Money
  readonly gain: Money
}

/** The sum of lines of a box, with or without an adjustment in column (g). */
export interface BoxSum extends Form8949Totals {
  readonly box: Form8949Box
  readonly isAdjusted: boolean
  readonly lineCount: number
}

export interface Form8949Part {
  readonly box: Form8949Box
  readonly lineCount: number
  readonly totals: Form8949Totals
}

/** The sums of a Form 8949. */
export interface Form8949Summary {
  /** The boxes that have lines, in their order. */
  readonly parts: readonly Form8949Part[]
  /** Sums of all parts of a term. */
  readonly totals: { readonly short: Form8949Totals; readonly long: Form8949Totals }
}

export interface Form8949 extends Form8949Summary {
  /** By box, and in the order of their days. */
  readonly lines: readonly Form8949Line[]
  /** Disposals of which the gain is not known. They are in no total. */
  readonly incomplete: readonly Form8949Line[]
}

/** Disposals that have the same facts, with their sums. Each is rounded before it is added. */
export interface DisposalGroup extends BoxFacts, Form8949Totals {
  /** Names the group among the disposals of the year. */
  readonly key: string
  /** Whether a part of their losses is disallowed. */
  readonly isAdjusted: boolean
  /** Whether their gain is known. If not, their sums count for nothing. */
  readonly isComplete: boolean
  readonly lineCount: number
}

const columns = ['proceeds', 'basis', 'adjustment', 'gain'] as const

/** Column by column. */
export const totalsOf = (sums: readonly Form8949Totals[]): Form8949Totals =>
  Object.fromEntries(columns.map(column => [column, sumOf(sums.map(sum => sum[column]))])) as Record<(typeof columns)[number], Money>

const countOf = (sums: readonly BoxSum[]): number => sums.reduce((total, { lineCount }) => total + lineCount, 0)

/** The boxes with their sums, and both terms. */
export const form8949Summary = (sums: readonly BoxSum[]): Form8949Summary => {
  const inBoxes = (...boxes: readonly Form8949Box[]) => sums.filter(({ box }) => boxes.includes(box))
  return {
    parts: form8949Boxes.flatMap(box => {
      const own = inBoxes(box)
      return own.length === 0 ? [] : [{ box, lineCount: countOf(own), totals: totalsOf(own) }]
    }),
    totals: { short: totalsOf(inBoxes('A', 'B', 'C')), long: totalsOf(inBoxes('D', 'E', 'F')) },
  }
}

/** The sums of groups by box. Disposals of which the gain is not known are left out. */
export const sumGroups = (groups: readonly DisposalGroup[]): BoxSum[] =>
  groups
    .filter(({ isComplete }) => isComplete)
    .map(({ adjustment, basis, gain, isAdjusted, lineCount, proceeds, ...facts }) => ({
      box: boxOf(facts),
      isAdjusted,
      lineCount,
      proceeds,
      basis,
      adjustment,
      gain,
    }))

/** The sums of lines by box. */
export const sumLines = (lines: readonly Form8949Line[]): BoxSum[] =>
  [...Map.groupBy(lines, ({ box, codes }) => box + codes).values()].map(own => ({
    box: own[0]!.box,
    isAdjusted: own[0]!.codes !== '',
    lineCount: own.length,
    ...totalsOf(own.map(line => ({ ...line, proceeds: line.proceeds ?? '0', basis: line.basis ?? '0', gain: line.gain ?? '0' }))),
  }))

/** `100 sh. XYZ Co.`, as the instructions show it. */
const descriptionOf = ({ description, quantity, symbol }: RealisedRow): string =>
  `${shortestDecimal(quantity)} sh. ${description === '' || description === symbol ? symbol : `${description} (${symbol})`}`

const reasonOf = ({ acquiredOn, basis, proceeds }: RealisedRow): string | null => {
  if (proceeds === null) return 'There is no exchange rate to dollars of the day.'
  if (basis !== null) return null
  return acquiredOn === null
    ? 'The purchase is not in the ledger, so the basis and the date acquired are not known.'
    : 'The basis is not known.'
}

/**
 * The line of a disposal. A wash sale has the code W and the disallowed loss in column (g). In whole dollars each column is rounded, so that lines
 * and totals add up.
 * Source: Instructions for Form 8949, columns (a) to (h).
 */
export const form8949Line = (row: RealisedRow, rounding: FormRounding = 'cents'): Form8949Line => {
  const given = (amount: Money): Money => onForm(new Decimal(amount), rounding)
  const known = (amount: Money | null) => (amount === null ? null : given(amount))
  const [proceeds, basis, adjustment] = [known(row.proceeds), known(row.basis), given(row.disallowedLoss)]
  return {
    transactionId: row.transactionId,
    lotTransactionId: row.lotTransactionId,
    accountId: row.accountId,
    symbol: row.symbol,
    box: boxOf(row),
    description: descriptionOf(row),
    acquired: row.origin === 'inheritance' ? 'INHERITED' : row.acquiredOn,
    sold: row.soldOn,
    proceeds,
    basis,
    codes: new Decimal(row.disallowedLoss).isZero() ? '' : 'W',
    adjustment,
    gain: proceeds === null || basis === null ? null : onForm(new Decimal(proceeds).minus(basis).plus(adjustment), rounding),
    reason: reasonOf(row),
  }
}

const inOrder = (left: Form8949Line, right: Form8949Line): number =>
  left.box.localeCompare(right.box) ||
  left.sold.localeCompare(right.sold) ||
  left.symbol.localeCompare(right.symbol) ||
  (left.acquired ?? '').localeCompare(right.acquired ?? '') ||
  left.transactionId.localeCompare(right.transactionId)

/**
 * Form 8949 of the disposals of a year: its lines by box, with totals. A disposal of which the gain is not known is listed apart, with the reason.
 * Source: Instructions for Form 8949.
 */
export const form8949 = (rows: readonly RealisedRow[], rounding: FormRounding = 'cents'): Form8949 => {
  const all = rows.map(row => form8949Line(row, rounding)).toSorted(inOrder)
  const lines = all.filter(({ gain }) => gain !== null)
  return { ...form8949Summary(sumLines(lines)), lines, incomplete: all.filter(({ gain }) => gain === null) }
}
