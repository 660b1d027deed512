import type { Holding } from './portfolio-data.ts'

/** Weights of classes have at most six decimal places. */
const places = 6
const whole = 10n ** BigInt(places)

const centsOf = (amount: string): bigint => BigInt(amount.replace('.', ''))

const millionthsOf = (weight: string): bigint => {
  const [units = '0', part = ''] = weight.split('.')
  return BigInt(`${units}${part.padEnd(places, '0').slice(0, places)}`)
}

/** An amount of the API from millionths of a cent, rounded half away from zero. */
const amountOf = (millionths: bigint): string => {
  const size = millionths < 0n ? -millionths : millionths
  const digits = ((size + whole / 2n) / whole).toString().padStart(3, '0')
  return `${millionths < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** The exact value of each asset class in holdings. A fund counts in each of its classes; what has no value counts nowhere. */
export const classValues = (holdings: readonly Pick<Holding, 'classes' | 'currentValue'>[]): ReadonlyMap<string, string> => {
  const sums = new Map<string, bigint>()
  for (const { classes, currentValue } of holdings)
    for (const { key, weight } of currentValue === null ? [] : classes)
      sums.set(key, (sums.get(key) ?? 0n) + centsOf(currentValue!) * millionthsOf(weight))
  return new Map([...sums].map(([key, sum]) => [key, amountOf(sum)]))
}
