export interface RecordedSplit {
  /** Counted as the columns count days. */
  readonly day: number
  readonly numerator: number
  readonly denominator: number
}

export interface SplitFault {
  /** `unadjusted_split`: prices jump as in a split that nobody recorded. `split_without_jump`: one was recorded, and prices do not jump. */
  readonly kind: 'unadjusted_split' | 'split_without_jump'
  /** Of the first bar after it. */
  readonly index: number
  readonly numerator: number
  readonly denominator: number
}

/** New shares for old ones, as companies use to choose them; each counts the other way round too. */
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

/** How far a day's own move may lead away from the ratio: overnight, and over the whole day. */
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

/** Jumps of raw prices that look like a split nobody recorded, and recorded splits at which raw prices do not jump: adjusted before they came. */
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
