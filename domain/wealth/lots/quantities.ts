const DECIMALS = 18
/** One share in the units of tax lots. */
export const ONE_SHARE = 10n ** BigInt(DECIMALS)

/** Reads a quantity of the ledger, decimal text of at most 18 decimals, as a whole number of 10^-18 shares. */
export const unitsOf = (text: string): bigint => {
  const point = text.indexOf('.')
  if (point < 0) return BigInt(text) * ONE_SHARE
  return BigInt(text.slice(0, point) + text.slice(point + 1).padEnd(DECIMALS, '0'))
}

/** The decimal text of a quantity, without zeros at its end. */
export const textOfUnits = (units: bigint): string => {
  const sign = units < 0n ? '-' : ''
  const digits = String(units < 0n ? -units : units).padStart(DECIMALS + 1, '0')
  const decimals = digits.slice(-DECIMALS).replace(/0+$/, '')
  return `${sign}${digits.slice(0, -DECIMALS)}${decimals === '' ? '' : `.${decimals}`}`
}

/** The part of an amount of cents that belongs to a part of a quantity, rounded to the nearest cent, a half upwards. Exact for every amount. */
export const centsOfPart = (cents: number, part: bigint, whole: bigint): number => {
  if (part === whole || cents === 0) return cents
  if (cents < 0) return -centsOfPart(-cents, part, whole)
  // Four roundings make an error below 2^-50 of the estimate. Where no half cent is that near, it rounds as the exact value does.
  const estimate = cents * (Number(part) / Number(whole))
  const rounded = Math.round(estimate)
  if (Math.abs(estimate - rounded) < 0.5 - estimate * 2 ** -50) return rounded
  return Number((2n * BigInt(cents) * part + whole) / (2n * whole))
}

/**
 * Divides a whole in proportion to weights, so that the parts add up to it: each is the difference of two rounded running sums.
 * @param total sum of the weights, above zero
 */
export const divideByWeights = (whole: bigint, weights: readonly bigint[], total: bigint): bigint[] => {
  let seen = 0n
  let given = 0n
  return weights.map(weight => {
    seen += weight
    const until = (whole * seen) / total
    const part = until - given
    given = until
    return part
  })
}

/** Shares of some lots. */
export const sharesOf = (lots: readonly { readonly quantity: bigint }[]): bigint => {
  if (lots.length === 0) return 0n
  let sum = lots[0]!.quantity
  for (let index = 1; index < lots.length; index += 1) sum += lots[index]!.quantity
  return sum
}
