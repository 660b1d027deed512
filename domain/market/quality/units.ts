/** A run of bars with prices that are a hundred times too high or too low, such as pence among pounds. */
export interface UnitFault {
  /** Index of the first wrong bar, and of the first bar after the last wrong one. */
  readonly index: number
  readonly end: number
  readonly factor: 100 | 0.01
}

/** The factor by which the price itself may move at the same time, up or down. */
const tolerance = 1.25

/** The factor of a hundred by which both the open and the close of a bar jump from the close before. */
const jumpAt = ({ close, open }: Columns, index: number): 100 | 0.01 | undefined => {
  const before = close[index - 1]!
  const isNear = (factor: number) =>
    [open[index]!, close[index]!].every(price => price < before * factor * tolerance && price * tolerance > before * factor)
  return isNear(100) ? 100 : isNear(0.01) ? 0.01 : undefined
}

interface Columns {
  readonly open: Float64Array
  readonly close: Float64Array
}

/** Jumps by a factor of a hundred that a later jump reverses. A jump without a reversal may be a split. */
export const findUnitFaults = (columns: Columns): UnitFault[] => {
  const faults: UnitFault[] = []
  let first: { readonly index: number; readonly factor: 100 | 0.01 } | undefined
  for (let index = 1; index < columns.close.length; index += 1) {
    const factor = jumpAt(columns, index)
    if (factor === undefined) continue
    if (first === undefined || factor === first.factor) first = { index, factor }
    else {
      faults.push({ ...first, end: index })
      first = undefined
    }
  }
  return faults
}
