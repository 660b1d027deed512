import * as z from 'zod'
import { resampledPattern, timeframes } from '../../../domain/market/index.ts'
import { calendarDate, instant, moment, nameSchemas, uuid } from '../../runtime/schemas.ts'
import { priceReading, rowFault } from './price-files.ts'
import { decimalText, symbol } from './shared.ts'

export const timeframe = z
  .enum(timeframes)
  .meta({ id: 'Timeframe', description: 'The length of a bar: minutes `m`, hours `h`, a day `d`, a week `w` or a month `mo`.' })

const exact = (what: string) => z.union([z.string(), z.number()]).describe(`${what} A decimal string, which is exact, or a number.`)
const additionalData = z.record(z.string(), z.json()).describe('Other facts of the bar, such as sentiment or analyst ratings.')

const incomingBar = z.strictObject({
  symbol: symbol.optional().describe('Optional when the query gives one for all bars.'),
  timeframe: timeframe.optional().describe('Optional when the query gives one for all bars.'),
  time: z
    .string()
    .describe('When the bar begins: an instant with its offset, or the date of a bar of a day or longer.')
    .meta({ example: '2026-10-30T14:30:00Z' }),
  open: exact('Price of the first trade.'),
  high: exact('Highest price.'),
  low: exact('Lowest price.'),
  close: exact('Price of the last trade.'),
  volume: exact('Units traded; null when they are not known.').nullable(),
  vwap: exact('Volume-weighted average price.').nullish(),
  tradeCount: exact('Number of trades.').nullish(),
  bid: exact('Best bid at the end of the bar.').nullish(),
  ask: exact('Best ask at the end of the bar.').nullish(),
  spread: exact('Ask minus bid at the end of the bar.').nullish(),
  additionalData: additionalData.nullish(),
})

export const incomingBars = z.strictObject({ bars: z.array(incomingBar).min(1).describe('The bars to store, in any order.') })

export const bar = z.strictObject({
  symbol,
  time: instant.describe('When the bar begins. For a bar of a day or longer, its date at 00:00 UTC.'),
  open: decimalText,
  high: decimalText,
  low: decimalText,
  close: decimalText,
  volume: decimalText.nullable(),
  vwap: decimalText.nullable(),
  tradeCount: z.int().nullable(),
  bid: decimalText.nullable(),
  ask: decimalText.nullable(),
  spread: decimalText.nullable(),
  additionalData: z.record(z.string(), z.json()).nullable(),
})

const barPreview = z.strictObject({
  replaced: z.int().describe('How many of the stored bars would replace one with other figures.'),
  faults: z.int().describe('How many faults there are. With any, nothing would be stored.'),
  errors: z.array(rowFault).describe('The first hundred faults.'),
  unknownSymbols: z.array(z.string()).describe('Symbols that no instrument has. With any, nothing would be stored.'),
  ignoredColumns: z.array(z.string()).describe('Columns that would not be stored.'),
  bars: z
    .array(
      z.strictObject({
        symbol: z.string(),
        timeframe: z.string(),
        time: z.string(),
        open: z.string(),
        high: z.string(),
        low: z.string(),
        close: z.string(),
        volume: z.string(),
      }),
    )
    .describe('The first rows as they were understood. A figure that cannot be read is empty.'),
})

export const storedBars = z.strictObject({
  received: z.int(),
  stored: z.int().describe('Number of bars that are new or changed.'),
  unchanged: z.int(),
  fileId: uuid.nullable().optional().describe('By which the price file can be undone; null if it changed nothing. Only of `layout=any`.'),
  reading: priceReading.optional().describe('How a price file was read. Only of `layout=any`.'),
  preview: barPreview.optional().describe('Only of a dry run, which has stored nothing.'),
})

/** Query of a range of moments. */
export const momentRange = {
  from: moment.optional().meta({ description: 'The first moment.', parameter: 'FromMoment' }),
  until: moment.optional().meta({ description: 'The first moment after the range.', parameter: 'UntilMoment' }),
}

export const resample = z
  .string()
  .regex(resampledPattern, 'must be a length like 90m, 4h, 1d, 2w, 3mo or 1y')
  .describe(
    'The longer length of the returned bars: minutes `m` and hours `h` within a day, days `d`, weeks `w`, months `mo` or years `y`.',
  )
  .meta({ example: '4h' })

/** Query of an adjustment. */
export const adjustmentFields = {
  adjustment: z
    .enum(['none', 'splits', 'total'])
    .default('none')
    .describe('Raw, or back-adjusted for splits, or for splits and dividends.'),
  adjustedAsOf: calendarDate
    .optional()
    .describe(
      'The last ex-date that counts for `splits` or `total`. By default today at the exchange, so announced actions change nothing.',
    ),
}

/** A query with the fields of an adjustment, which refuses a day without an adjustment. */
export const adjusting = <Query extends z.ZodType<{ adjustment: string; adjustedAsOf?: string | undefined }>>(query: Query): Query =>
  query.refine(({ adjustedAsOf, adjustment }) => adjustedAsOf === undefined || adjustment !== 'none', {
    path: ['adjustedAsOf'],
    error: 'needs an adjustment: splits or total',
  })

export const symbolList = z
  .string()
  .max(2500)
  .transform(text => text.split(','))
  .pipe(
    z
      .array(symbol)
      .max(100)
      .refine(symbols => new Set(symbols).size === symbols.length, { error: 'must be unique' }),
  )
  .meta({ description: 'Up to 100 symbols, separated by commas.', example: 'VTI,BND' })

export const barFault = z.strictObject({
  symbol,
  kind: z.enum(['gap', 'outlier', 'stale', 'unadjusted_split', 'split_without_jump', 'wrong_unit']),
  date: calendarDate.describe('Day of the exchange.'),
  message: z.string(),
})

export const staleSymbol = z.strictObject({
  symbol,
  lastDate: calendarDate.describe('Date of the newest bar, a day of the exchange.'),
  tradingDays: z.int().describe('Number of trading days of the exchange since then.'),
})

export const barGap = z.strictObject({ date: calendarDate, expected: z.int(), found: z.int() })

export const rollup = z.strictObject({
  symbol,
  periodStart: calendarDate.describe('The period’s first day.'),
  open: decimalText,
  high: decimalText,
  low: decimalText,
  close: decimalText,
  volume: decimalText.nullable(),
  vwap: decimalText.nullable().describe('Volume-weighted average price of the bars that have one.'),
  tradeCount: z.int().nullable(),
  barCount: z.int(),
})

nameSchemas({
  Bar: bar,
  BarPreview: barPreview,
  BarFault: barFault,
  BarGap: barGap,
  Rollup: rollup,
  StaleSymbol: staleSymbol,
  StoredBars: storedBars,
})
