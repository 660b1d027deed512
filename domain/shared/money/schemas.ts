import * as z from 'zod'

/*
 * Money in JSON is a decimal string, never a float. At most 13 digits before the decimal point and two after it: the range of numeric(15, 2).
 * A negative zero, "-0.00", is rejected: each amount has only one text. `parseMoney` checks an amount against the minor unit of its currency.
 */

/** Money that may be negative: a balance, a transaction. */
export const money = z
  .string()
  .regex(
    /^(?!-0+(\.0+)?$)-?\d{1,13}(\.\d{1,2})?$/,
    'must be an amount of money as a decimal string with at most two decimals, like "-1234.56"; zero has no sign',
  )
  .meta({ id: 'Money', description: 'An amount of money as a decimal string.', example: '-1234.56' })

/** Money of zero or more: a price, a limit. */
export const nonNegativeMoney = z
  .string()
  .regex(
    /^\d{1,13}(\.\d{1,2})?$/,
    'must be an amount of money, not negative, as a decimal string with at most two decimals, like "1234.56"',
  )
  .meta({ id: 'NonNegativeMoney', description: 'An amount of money as a decimal string, not negative.', example: '1234.56' })
