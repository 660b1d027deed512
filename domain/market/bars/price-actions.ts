export interface FileDividend {
  readonly symbol: string
  readonly exDate: string
  readonly amount: string
}

export interface FileSplit {
  readonly symbol: string
  readonly exDate: string
  readonly numerator: number
  readonly denominator: number
}

const largest = 1_000_000

const greatestDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : greatestDivisor(b, a % b))

/**
 * The ratio of a split, from `4:1`, `4/1` or a decimal like `0.1` or `0.333333`. Undefined for 0 and 1, which stand for no split.
 * @returns a fault as text
 */
export const readSplit = (text: string, plain: string | null): readonly [number, number] | string | undefined => {
  const pair = /^\s*(\d{1,7})\s*[:/]\s*(\d{1,7})\s*$/.exec(text)
  if (!pair && (plain === null || Number(plain) === 0 || Number(plain) === 1)) return undefined
  const [whole = '', fraction = ''] = (plain ?? '').split('.')
  let [numerator, denominator] = pair ? [BigInt(pair[1]!), BigInt(pair[2]!)] : [BigInt(whole + fraction), 10n ** BigInt(fraction.length)]
  const divisor = greatestDivisor(numerator, denominator)
  if (divisor > 0n) [numerator, denominator] = [numerator / divisor, denominator / divisor]
  if (numerator === denominator) return undefined
  if (!pair && denominator > 1000n) {
    // 0.333333 is 1 for 3.
    for (let below = 1; below <= 100; below += 1) {
      const above = Math.round(Number(plain) * below)
      if (above > 0 && Math.abs(above / below / Number(plain) - 1) < 1e-5) return [above, below]
    }
  }
  if (numerator < 1n || denominator < 1n || numerator > largest || denominator > largest)
    return `"${text.trim().slice(0, 40)}" is not the ratio of a split`
  return [Number(numerator), Number(denominator)]
}

/**
 * The splits by which the prices of a file jump. Where the price does not jump, the source has adjusted its prices already, and the split
 * would be applied twice.
 * @param closes by symbol: dates and closes
 */
export const jumpingSplits = (
  splits: readonly FileSplit[],
  closes: ReadonlyMap<string, readonly (readonly [string, number])[]>,
): FileSplit[] => {
  const sorted = new Map<string, readonly (readonly [string, number])[]>()
  return splits.filter(({ denominator, exDate, numerator, symbol }) => {
    const days = sorted.get(symbol) ?? (closes.get(symbol) ?? []).toSorted(([left], [right]) => (left < right ? -1 : 1))
    sorted.set(symbol, days)
    const next = days.findIndex(([day]) => day >= exDate)
    const [before, after] = [days[next - 1]?.[1], days[next]?.[1]]
    if (before === undefined || after === undefined || !(before > 0 && after > 0)) return true
    // On the side of no jump, the change is nearer to 1 than to the ratio.
    const [change, ratio] = [before / after, numerator / denominator]
    return ratio > 1 ? change * change > ratio : change * change < ratio
  })
}
