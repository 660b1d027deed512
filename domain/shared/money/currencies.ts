const DIGITS_BY_DEFAULT = 2

/** Currencies with a minor unit that is not a hundredth. Source: ISO 4217, list one, of 2026-01-01. */
const digitsOf = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map(code => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map(code => [code, 3] as const),
  ...'CLF UYW'.split(' ').map(code => [code, 4] as const),
])

/**
 * Decimals of a currency's smallest amount: JPY 0, USD 2, KWD 3. A code without an entry has 2. The table is fixed here because
 * `Intl` follows CLDR, which differs from ISO 4217 (it gives IQD no decimals) and changes with the runtime.
 * @param currency ISO 4217 code
 * @throws RangeError for a text that is not three capital letters
 */
export const minorDigits = (currency: string): number => {
  if (!/^[A-Z]{3}$/.test(currency)) throw new RangeError(`"${currency}" is not an ISO 4217 currency code, like USD`)
  return digitsOf.get(currency) ?? DIGITS_BY_DEFAULT
}
