import * as z from 'zod'
import { calendarDate } from '../../runtime/schemas.ts'

const decimal = (id: string, description: string, pattern: RegExp, message: string, example: string) =>
  z.string().regex(pattern, message).meta({ id, description, example })

export const symbol = z
  .string()
  .regex(/^[A-Z0-9^][A-Z0-9.^=/_&!:-]{0,31}$/, 'must be a symbol: up to 32 capital letters, digits and . ^ = / _ & ! : -')
  .meta({ id: 'Symbol', description: 'The symbol of an instrument or a benchmark.', example: 'VTI' })

/** A price of an instrument that may allow prices of zero or less. */
export const anyPrice = decimal(
  'Price',
  'A price as a decimal string.',
  /^-?\d{1,10}(\.\d{1,8})?$/,
  'must be a number as a decimal string, with at most 8 decimals, like "123.456789"',
  '123.456789',
)
/** Prices keep 8 decimals. */
export const positivePrice = decimal(
  'PositivePrice',
  'A price above zero as a decimal string.',
  /^(?!0*\.?0*$)\d{1,10}(\.\d{1,8})?$/,
  'must be a number above zero as a decimal string, with at most 8 decimals, like "123.456789"',
  '123.456789',
)
export const largeMoney = decimal(
  'LargeMoney',
  'An amount of money as a decimal string, not negative.',
  /^\d{1,18}(\.\d{1,2})?$/,
  'must be an amount of money, not negative, as a decimal string with at most two decimals',
  '2950000000000.00',
)
export const ratio = decimal(
  'Ratio',
  'A ratio as a decimal string.',
  /^-?\d{1,10}(\.\d{1,4})?$/,
  'must be a decimal string with at most 4 decimals, like "24.1"',
  '24.1',
)
export const fraction = decimal(
  'Fraction',
  'A fraction as a decimal string: 1.5 % is "0.015".',
  /^\d{1,3}(\.\d{1,6})?$/,
  'must be a fraction as a decimal string with at most 6 decimals: 1.5 % is "0.015"',
  '0.015',
)
export const currencyCode = z
  .string()
  .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 currency code, like USD')
  .meta({ id: 'CurrencyCode', description: 'An ISO 4217 currency code.', example: 'USD' })
export const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, like 09:30')
  .meta({ id: 'ClockTime', description: 'A time of day, in the timezone of the exchange.', example: '09:30' })

/** A decimal in answers: exact, without trailing zeros. */
export const decimalText = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .meta({ id: 'DecimalText', description: 'An exact decimal number as a string.', example: '123.4567' })

export const dateRange = {
  from: calendarDate.optional().meta({ description: 'First day.', parameter: 'OptionalFromDate' }),
  to: calendarDate.optional().meta({ description: 'Last day.', parameter: 'OptionalToDate' }),
}
