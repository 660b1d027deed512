import * as z from 'zod'

/** Money of zero or more: a price, a limit. */
export const nonNegativeMoney = z
  .string()
  .regex(
    /^\d{1,13}(\.\d{1,2})?$/,
    'must be an amount of money, not negative, as a decimal string with at most two decimals, like "1234.56"',
  )
  .meta({ example: '1234.56' })
