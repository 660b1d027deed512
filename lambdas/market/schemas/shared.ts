import * as z from 'zod'

const decimal = (pattern: RegExp, message: string, example: string) => z.string().regex(pattern, message).meta({ example })

export const symbol = z
  .string()
  .regex(/^[A-Z0-9^][A-Z0-9.^=/_-]{0,19}$/, 'must be a symbol: up to 20 capital letters, digits and . ^ = / _ -')
  .meta({ example: 'VTI' })

/** Prices keep 8 decimals. */
export const positivePrice = decimal(
  /^(?!0*\.?0*$)\d{1,10}(\.\d{1,8})?$/,
  'must be a number above zero as a decimal string, with at most 8 decimals, like "123.456789"',
  '123.456789',
)
export const largeMoney = decimal(
  /^\d{1,18}(\.\d{1,2})?$/,
  'must be an amount of money, not negative, as a decimal string with at most two decimals',
  '2950000000000.00',
)
export const ratio = decimal(/^-?\d{1,10}(\.\d{1,4})?$/, 'must be a decimal string with at most 4 decimals, like "24.1"', '24.1')
export const fraction = decimal(
  /^\d{1,3}(\.\d{1,6})?$/,
  'must be a fraction as a decimal string with at most 6 decimals: 1.5 % is "0.015"',
  '0.015',
)
export const currencyCode = z
  .string()
  .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 currency code, like USD')
  .meta({ example: 'USD' })
export const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, like 09:30')
  .meta({ example: '09:30' })

/** What answers hold: exact, without needless zeros. */
export const decimalText = z.string().regex(/^-?\d+(\.\d+)?$/)
export const date = z.iso.date()

export const searchText = z.string().min(1).max(100).describe('Part of the symbol or the name.')

export const dateRange = {
  from: z.iso.date().optional().describe('First day.'),
  to: z.iso.date().optional().describe('Last day.'),
}
