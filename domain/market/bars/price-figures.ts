import { Decimal } from 'decimal.js'
import { type FileProfile, readFigure, type ReadFigure, shiftDecimal } from '../../files/index.ts'
import { compareDecimals, decimalsOf, storedDecimals } from './cells.ts'

/** Rounding that changes a figure by less than this part of it removes only the noise of a float. */
const noise = 1e-6

export interface PriceCounts {
  /** Figures with more decimals than are stored. */
  rounded: number
  /** Opens, highs and lows that are unknown, and taken from the close. */
  filled: number
  /** Highs and lows that the noise of a float put within the body. */
  corrected: number
}

/** Reads the figures of a price file, and counts what it changes. */
export const figureReader = (profile: FileProfile, counts: PriceCounts, roundAny: boolean) => {
  /** A number with at most 8 decimals, rounded half to even. A figure that this would change by more than noise stays as it is. */
  const rounded = (plain: string): string => {
    if (decimalsOf(plain) <= storedDecimals) return plain
    const short = new Decimal(plain).toDecimalPlaces(storedDecimals, Decimal.ROUND_HALF_EVEN).toFixed()
    if (!roundAny && Math.abs(Number(short) - Number(plain)) > Math.abs(Number(plain)) * noise) return plain
    counts.rounded += 1
    return short
  }
  return (cell: string | undefined, powerOfTen = 0): ReadFigure => {
    if (cell === undefined) return { value: null }
    const read = readFigure(cell, profile, profile.nulls)
    return 'fault' in read || read.value === null ? read : { value: rounded(shiftDecimal(read.value, powerOfTen)) }
  }
}

export interface Prices {
  readonly open: string | null
  readonly high: string | null
  readonly low: string | null
  readonly close: string
}

const isNear = (left: string, right: string): boolean => Math.abs(Number(left) - Number(right)) <= Math.abs(Number(right)) * noise

/**
 * The prices of a bar with a close. An open, high or low that is missing is unknown, and so is a zero between prices above zero, as Yahoo writes it:
 * an unknown price is taken from those that are known. A high or low that misses the body by no more than the noise of a float is set to it.
 */
export const wholePrices = ({ close, high, low, open }: Prices, counts: PriceCounts): readonly [string, string, string, string] => {
  const isPositive = Number(close) > 0 && ![open, high, low].some(price => price !== null && Number(price) < 0)
  const known = (price: string | null) => (price === null || (isPositive && Number(price) === 0) ? undefined : price)
  const [knownOpen, knownHigh, knownLow] = [known(open), known(high), known(low)]
  counts.filled += [knownOpen, knownHigh, knownLow].filter(price => price === undefined).length
  const first = knownOpen ?? close
  const [least, most] = compareDecimals(first, close) <= 0 ? [first, close] : [close, first]
  let [top, bottom] = [knownHigh ?? most, knownLow ?? least]
  if (compareDecimals(top, most) < 0 && isNear(top, most)) {
    top = most
    counts.corrected += 1
  }
  if (compareDecimals(bottom, least) > 0 && isNear(bottom, least)) {
    bottom = least
    counts.corrected += 1
  }
  return [first, top, bottom, close]
}
