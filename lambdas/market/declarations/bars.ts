import * as z from 'zod'
import { priceProfiles as profileTable } from '../../../db/schema/market/price-profiles.ts'
import { rollupPeriods } from '../../../db/schema/market/series.ts'
import { pageOf } from '../../runtime/pagination.ts'
import { heavyRequestsPerSecond } from '../../runtime/route.ts'
import { reply } from '../../runtime/responses.ts'
import {
  adjusting,
  adjustmentFields,
  bar,
  barFault,
  barGap,
  incomingBars,
  momentRange,
  resample,
  rollup,
  staleSymbol,
  storedBars,
  symbolList,
  timeframe,
} from '../schemas/bars.ts'
import { gets, lists, removes } from '../../runtime/resource/declarations.ts'
import { flag } from '../../runtime/resource/filters.ts'
import { calendarDate, moment, uuid } from '../../runtime/schemas.ts'
import { priceFileFields } from '../schemas/price-files.ts'
import { symbol } from '../schemas/shared.ts'
import { inserts, updates } from '../../runtime/writes.ts'
import { priceFiles, priceProfiles } from '../resources.ts'
import { storingBars } from '../writes.ts'
import { barLimit, cursor, database } from './shared.ts'

/** The event of a Lambda invocation has at most 6 MB, in which each quote of a JSON body takes two bytes. */
const batchLimitBytes = 4_194_304

const barQuery = (longestPage: number) =>
  adjusting(
    z.strictObject({
      symbols: symbolList,
      timeframe,
      ...momentRange,
      resample: resample.optional(),
      ...adjustmentFields,
      limit: barLimit(longestPage),
      cursor,
    }),
  )

const from = calendarDate.meta({ description: 'First day.', parameter: 'FromDate' })
const until = calendarDate.meta({ description: 'The day after the last.', parameter: 'UntilDate' })
const period = z.enum(rollupPeriods).describe('Length of a rollup.')

export const barsDeclarations = {
  'store-bars': {
    method: 'POST',
    path: '/v1/market/bars',
    summary: 'Store bars',
    description:
      'A request can have thousands of bars, as JSON, or as CSV with a header that names the same fields. Each bar replaces the one with the same symbol, timeframe and time. A request with a faulty row is refused as a whole, and `errors` names the faulty rows. Repeating a request changes nothing. A dry run names the faulty rows in `preview`.',
    access: 'admin',
    backends: database,
    query: z.strictObject({
      symbol: symbol.optional().describe('The symbol of rows without one.'),
      timeframe: timeframe.optional().describe('The timeframe of rows without one.'),
      layout: z
        .enum(['bars', 'any'])
        .default('bars')
        .describe(
          'The columns of CSV: those of bars, or also the ones that vendors write, as in a dropped file. Then other columns are not stored, dividends and splits are stored for the instrument, and the file may have any encoding, or be compressed with gzip (`application/octet-stream`).',
        ),
      round: flag
        .optional()
        .describe(
          'With `layout=any`, `true` rounds figures with more than 8 decimals, half to even. Without it, only those that this changes by less than a millionth.',
        ),
      ...priceFileFields,
      dryRun: flag.optional().describe('`true` stores nothing, and answers with what would be stored, replaced and refused.'),
    }),
    writes: [...storingBars, inserts(profileTable), updates(profileTable, ['name', 'profile', 'duplicates', 'skipFaults', 'version'])],
    bulkBody: {
      mediaTypes: ['application/json', 'text/csv', 'application/octet-stream'],
      schema: incomingBars,
      limitBytes: batchLimitBytes,
    },
    responses: { 200: reply('The numbers of bars.', storedBars) },
    timeoutSeconds: 29,
    memoryMegabytes: 1769,
    requestsPerSecond: heavyRequestsPerSecond,
  },
  'list-price-profiles': lists(priceProfiles, {
    access: 'admin',
    description: 'A profile is kept with `saveProfileAs` when a price file is stored.',
  }),
  'get-price-profile': gets(priceProfiles, { access: 'admin' }),
  'delete-price-profile': removes(priceProfiles, { access: 'admin' }),
  'list-price-files': lists(priceFiles, {
    access: 'admin',
    description: 'Files of the page, the API with `layout=any`, the command and the drop folder that changed bars or corporate actions.',
  }),
  'get-price-file': gets(priceFiles, { access: 'admin' }),
  'undo-price-file': {
    method: 'POST',
    path: '/v1/market/price-files/{priceFileId}/undo',
    summary: 'Undo a price file',
    description:
      'Removes the bars, dividends and splits that the file added, and brings back those that it replaced. It is refused, and changes nothing, when any of them has changed since: undo the later file first.',
    access: 'admin',
    backends: database,
    params: z.strictObject({ priceFileId: uuid.describe('The price file.') }),
    refuses: [409],
    responses: { 200: reply('The price file.', priceFiles.answer) },
    timeoutSeconds: 29,
  },
  'delete-bars': {
    method: 'DELETE',
    path: '/v1/market/bars',
    summary: 'Remove bars',
    description: 'Removes the bars of a symbol and timeframe between two moments.',
    access: 'admin',
    backends: database,
    query: z.strictObject({
      symbol,
      timeframe,
      from: moment.describe('The first moment to remove.'),
      until: moment.describe('The first moment to keep.'),
    }),
    refuses: [404],
    responses: { 200: reply('The number of removed bars.', z.strictObject({ removed: z.int() })) },
  },
  'list-bars': {
    method: 'GET',
    path: '/v1/market/bars',
    summary: 'List bars',
    description:
      'By symbol in the given order, oldest first. Raw, or back-adjusted: `splits` for splits, `total` for splits and dividends (earlier prices are multiplied by 1 - amount / previous close). The newest prices do not change. `resample` makes longer bars. Minutes and hours are counted from the exchange’s midnight. Days, weeks and months are those of its calendar. Several days or weeks are counted from 1970-01-01, several months from January. A page has fewer items than `limit` when additional data would make the answer too large.',
    access: 'read',
    backends: database,
    query: barQuery(10_000),
    refuses: [404, 422],
    responses: { 200: reply('A page.', pageOf(bar)) },
    memoryMegabytes: 1024,
  },
  'export-bars': {
    method: 'GET',
    path: '/v1/market/bars.csv',
    summary: 'Export bars',
    description:
      'As CSV, which can be stored again unchanged, in pages of up to 50,000 lines. The `Link` header with `rel="next"` (RFC 8288) refers to the next page; the last page has none. Every page has the header line.',
    access: 'read',
    backends: database,
    query: barQuery(50_000),
    refuses: [404, 422],
    responses: {
      200: { description: 'A page.', body: z.string(), contentType: 'text/csv; charset=utf-8' },
    },
    memoryMegabytes: 1769,
    requestsPerSecond: heavyRequestsPerSecond,
  },
  'list-latest-bars': {
    method: 'GET',
    path: '/v1/market/latest-bars',
    summary: 'List the latest bars',
    description: 'The newest bar of each symbol, by symbol.',
    access: 'read',
    backends: database,
    query: z.strictObject({ symbols: symbolList.optional(), timeframe, limit: barLimit(10_000), cursor }),
    responses: { 200: reply('A page.', pageOf(bar)) },
  },
  'list-rollups': {
    method: 'GET',
    path: '/v1/market/rollups',
    summary: 'List rollups',
    description:
      'Daily, weekly or monthly bars of the exchange’s calendar, always up to date. Weeks begin on the exchange’s first day of the week, in its timezone. Daily bars have no daily rollup.',
    access: 'read',
    backends: database,
    query: z.strictObject({ symbols: symbolList, timeframe, period, from, until, limit: barLimit(10_000), cursor }),
    refuses: [404],
    responses: { 200: reply('A page.', pageOf(rollup)) },
  },
  'list-bar-gaps': {
    method: 'GET',
    path: '/v1/market/bar-gaps',
    summary: 'List gaps in bars',
    description:
      'Trading days of a range with missing bars, oldest first. Only the time from the first to the last bar of the series is checked.',
    access: 'read',
    backends: database,
    query: z.strictObject({ symbol, timeframe, from, until, limit: barLimit(5000), cursor }),
    refuses: [404, 422],
    responses: { 200: reply('A page.', pageOf(barGap)) },
  },
  'list-bar-faults': {
    method: 'GET',
    path: '/v1/market/bar-faults',
    summary: 'List faults in bars',
    description:
      'Gaps, outliers, unadjusted splits, splits without a jump, prices in a wrong unit and stale symbols. An outlier changes by more than ten robust standard deviations and by more than a tenth. A split is unadjusted when raw prices jump by a usual ratio but no split is recorded. A split is without a jump when it is recorded but raw prices do not jump. Prices are in a wrong unit when they jump by a factor of a hundred and back. A symbol is stale when its bars ended more than five trading days before `until`. At most 100 faults of a kind are listed for a symbol, the earliest first.',
    access: 'read',
    backends: database,
    query: z.strictObject({ symbols: symbolList, timeframe, from, until }),
    refuses: [404, 422],
    responses: { 200: reply('The faults by symbol, then by date.', z.strictObject({ items: z.array(barFault) })) },
    memoryMegabytes: 1024,
  },
  'list-stale-symbols': {
    method: 'GET',
    path: '/v1/market/stale-symbols',
    summary: 'List stale symbols',
    description:
      'Sorted by symbol. A symbol is stale when its exchange has traded on more than five days since its newest bar (for weekly and monthly bars: since the days that the bar covers).',
    access: 'read',
    backends: database,
    query: z.strictObject({
      timeframe,
      until: calendarDate.describe('The day after the last day that counts, such as today.'),
      limit: barLimit(1000),
      cursor,
    }),
    responses: { 200: reply('A page.', pageOf(staleSymbol)) },
  },
} as const
