export interface RecordedSplit {
  /** In the unit of the column `session`. */
  readonly day: number
  readonly numerator: number
  readonly denominator: number
}

export interface SplitFault {
  /** `unadjusted_split`: prices jump as in a split, but no split is recorded. `split_without_jump`: a split is recorded, but prices do not jump. */
  readonly kind: 'unadjusted_split' | 'split_without_jump'
  /** Index of the first bar after the split. */
  readonly index: number
  readonly numerator: number
  readonly denominator: number
}

/** Usual ratios of new shares to old ones; the inverse ratios count too. */
const usualRatios = [
  [2, 1],
  [3, 1],
  [4, 1],
  [5, 1],
  [6, 1],
  [7, 1],
  [8, 1],
  [10, 1],
  [15, 1],
  [20, 1],
  [25, 1],
  [30, 1],
  [40, 1],
  [50, 1],
  [100, 1],
  [3, 2],
  [5, 2],
] as const

/** How far the day's own price change may move the jump away from the ratio: overnight, and over the whole day. */
const overnightTolerance = 0.04
const dayTolerance = 0.12

const fits = (before: number, open: number, close: number, ratio: number): boolean =>
  Math.abs((open * ratio) / before - 1) < overnightTolerance && Math.abs((close * ratio) / before - 1) < dayTolerance

interface Columns {
  readonly open: Float64Array
  readonly close: Float64Array
  /** Day of each bar. */
  readonly session: Float64Array
}

const ratioOfJump = ({ close, open }: Columns, index: number): readonly [number, number] | undefined => {
  const before = close[index - 1]!
  const change = open[index]! / before
  if (change > 0.7 && change < 1.4) return undefined
  for (const [many, few] of usualRatios) {
    if (fits(before, open[index]!, close[index]!, many / few)) return [many, few]
    if (fits(before, open[index]!, close[index]!, few / many)) return [few, many]
  }
  return undefined
}

/** Jumps of raw prices that look like a split that is not recorded, and recorded splits without a jump of raw prices: these were adjusted before import. */
export const findSplitFaults = (columns: Columns, recorded: readonly RecordedSplit[]): SplitFault[] => {
  const { close, open, session } = columns
  const splitOn = new Map(recorded.map(split => [split.day, split]))
  const faults: SplitFault[] = []
  for (let index = 1; index < session.length; index += 1) {
    if (session[index] === session[index - 1]) continue
    const split = splitOn.get(session[index]!)
    const ratio = ratioOfJump(columns, index)
    if (split === undefined && ratio !== undefined) {
      faults.push({ kind: 'unadjusted_split', index, numerator: ratio[0], denominator: ratio[1] })
    } else if (split !== undefined) {
      const { denominator, numerator } = split
      const expected = numerator / denominator
      const isJump = Math.abs(expected - 1) > 0.2
      const asIfNone = Math.abs(open[index]! / close[index - 1]! - 1)
      const asSplit = Math.abs((open[index]! * expected) / close[index - 1]! - 1)
      if (isJump && asIfNone < asSplit) faults.push({ kind: 'split_without_jump', index, numerator, denominator })
    }
  }
  return faults
}
