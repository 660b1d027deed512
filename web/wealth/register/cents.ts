/** An amount as a whole number of hundredths; undefined for a text that is no amount with two decimals at most. */
export const toCents = (amount: string | undefined): bigint | undefined => {
  const parts = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(amount ?? '')
  if (!parts) return undefined
  const [, sign, whole, fraction = ''] = parts
  return BigInt(`${sign}${whole}${fraction.padEnd(2, '0')}`)
}

/** The decimal text of a number of hundredths. */
export const fromCents = (cents: bigint): string => {
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0')
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
