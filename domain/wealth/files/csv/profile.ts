import * as z from 'zod'
import { fileProfile } from '../../../files/index.ts'

/** What the rows of a table are. */
export const csvRowKinds = ['transactions', 'holdings', 'accounts'] as const
export type CsvRowKind = (typeof csvRowKinds)[number]

/** How the sign of an amount shows where money goes. */
export const csvSigns = ['as_is', 'inverted', 'by_type'] as const
export type CsvSign = (typeof csvSigns)[number]

/** How a table of transactions is read. `columns` has the names or places of columns by the meanings of `csvMeanings`. */
export const csvProfile = fileProfile.extend({
  rows: z.enum(csvRowKinds).describe('What the rows are.'),
  sign: z
    .enum(csvSigns)
    .describe('as_is: money out is negative. inverted: money out is positive. by_type: the column of types shows where money goes.'),
  outIsNegative: z.boolean().describe('Whether a column of money out has negative amounts.'),
  inIsNegative: z.boolean().describe('Whether a column of money in has negative amounts.'),
})
export type CsvProfile = z.infer<typeof csvProfile>

/** What a caller sets of a profile; the rest is found. */
export const csvProfileChange = csvProfile.partial()
export type CsvProfileChange = z.infer<typeof csvProfileChange>

/** A program that writes tables in a known way. */
export interface CsvPreset {
  readonly name: string
  /** Names that its header has, in the form of `plainName`. */
  readonly header: readonly string[]
  readonly change: CsvProfileChange
}

/** Known writers of tables. What their columns show by themselves is not repeated here. */
export const csvPresets: readonly CsvPreset[] = [
  {
    name: 'Mint',
    header: ['original description', 'transaction type', 'account name', 'labels'],
    change: { dateOrder: 'MDY', sign: 'by_type' },
  },
  { name: 'YNAB', header: ['category group/category', 'outflow', 'inflow', 'cleared'], change: {} },
  { name: 'Actual', header: ['category group', 'amount', 'split amount', 'cleared'], change: { sign: 'as_is' } },
  { name: 'Firefly III', header: ['from-account', 'to-account', 'amount', 'date'], change: { sign: 'as_is' } },
  {
    name: 'Ghostfolio',
    header: ['code', 'datasource', 'currency', 'price', 'quantity', 'action', 'fee'],
    change: { columns: { symbol: 'Code' }, sign: 'by_type' },
  },
  { name: 'Wealthfolio', header: ['symbol', 'instrumenttype', 'fxrate', 'subtype'], change: { sign: 'by_type' } },
  {
    name: 'Schwab',
    header: ['action', 'fees & comm', 'amount'],
    change: { dateOrder: 'MDY', decimalMark: '.', thousandsMark: ',', sign: 'as_is' },
  },
  { name: 'Sure trades', header: ['ticker', 'qty', 'price', 'amount', 'account'], change: {} },
  { name: 'Sure', header: ['date', 'name', 'amount', 'category', 'tags', 'account', 'notes'], change: { sign: 'as_is' } },
]
