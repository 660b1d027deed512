import * as z from 'zod'
import { dateOrders, epochUnits } from './dates.ts'
import { encodings } from './encodings.ts'
import { decimalMarks, thousandsMarks } from './numbers.ts'
import { delimiters } from './rows.ts'
import { isTimezone } from './zones.ts'

/** A column: its name in the header, or its place, counted from 1. */
export const columnRef = z.union([z.string().min(1).max(200), z.int().min(1).max(1000)])
export type ColumnRef = z.infer<typeof columnRef>

/** How a file of text is read. What each column means is up to those who read it: `columns` names them by meaning. */
export const fileProfile = z.strictObject({
  encoding: z.enum(encodings).describe('How letters are written in bytes.'),
  delimiter: z.enum(delimiters).describe('What stands between cells.'),
  titleLines: z.int().min(0).max(100).describe('Rows above the names of the columns, blank ones not counted.'),
  headerLines: z.int().min(0).max(3).describe('Rows with names of columns.'),
  footerLines: z.int().min(0).max(100).describe('Rows at the end that are not data, besides those with one cell, which are found.'),
  decimalMark: z.enum(decimalMarks),
  thousandsMark: z.enum(thousandsMarks).describe('Empty if there is none. Spaces and apostrophes are always read.'),
  dateOrder: z.enum(dateOrders).describe('The order of year, month and day where the year is not in front.'),
  epochUnit: z.enum(epochUnits).nullable().describe('The unit of times that are counted from 1970; null to see it from their digits.'),
  timezone: z
    .string()
    .refine(isTimezone, 'must be an IANA timezone, like Europe/Berlin')
    .nullable()
    .describe('The timezone of times without an offset; null for UTC.'),
  nulls: z.array(z.string().max(40)).max(50).describe('Words for no value, in lower case.'),
  scale: z.int().min(-12).max(12).describe('The power of ten that amounts are multiplied by: -2 for prices in cents.'),
  columns: z.record(z.string(), columnRef).describe('By meaning: the name of the column, or its place from 1.'),
})
export type FileProfile = z.infer<typeof fileProfile>

/** What a caller sets of a profile; the rest is found. */
export const fileProfileChange = fileProfile.partial()
export type FileProfileChange = z.infer<typeof fileProfileChange>
