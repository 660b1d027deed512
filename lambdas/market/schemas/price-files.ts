import * as z from 'zod'
import { fileProfile, fileProfileChange } from '../../../domain/files/index.ts'
import { duplicatePolicies } from '../../../domain/market/index.ts'
import { instant, label, nameSchemas, uuid } from '../../runtime/schemas.ts'

const isObjectText = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}

/** How a price file is read: fields of the query. */
export const priceFileFields = {
  profile: z
    .string()
    .max(4000)
    .refine(isObjectText, 'must be a JSON object')
    .transform(text => JSON.parse(text) as unknown)
    .pipe(fileProfileChange)
    .optional()
    .describe(
      'With `layout=any`, what is known of the file, as JSON: `{"dateOrder":"DMY","decimalMark":",","timezone":"Europe/Berlin","columns":{"close":"Last"}}`. What is left out is found. A dry run answers with the whole profile.',
    ),
  duplicates: z
    .enum(duplicatePolicies)
    .optional()
    .describe(
      'With `layout=any`: two rows of one symbol and time refuse the file, or the first or the last of them counts. By default as the kept profile says, otherwise they refuse it.',
    ),
  skipFaults: z
    .stringbool({ truthy: ['true'], falsy: ['false'], case: 'sensitive' })
    .optional()
    .describe(
      'With `layout=any`, `true` leaves faulty rows out and reports them; with `false`, a faulty row refuses the file. By default as the kept profile says, otherwise `false`.',
    ),
  fileName: label.optional().describe('With `layout=any`, the name of the file in the list of those that can be undone.'),
  saveProfileAs: label
    .optional()
    .describe(
      'With `layout=any`, keeps how the file was read under this name, such as that of its source. Later files with the same names of columns are read so, also dropped ones. A dry run keeps nothing.',
    ),
}

export const rowFault = z
  .strictObject({ path: z.string(), message: z.string() })
  .meta({ id: 'RowFault', description: 'A fault of a row, with its line and column.' })

/** How a price file was read. Only of `layout=any`. */
export const priceReading = z.strictObject({
  keptProfile: z.string().nullable().describe('The name of the kept profile by which it was read.'),
  profile: fileProfile.describe('How the file was read: what was given, and what was found.'),
  columnNames: z.array(z.string()).describe('The names of the columns as they are written; empty where there is none.'),
  notes: z.array(z.strictObject({ field: z.string(), message: z.string() })).describe('What decided fields of the profile.'),
  ambiguous: z.array(z.string()).describe('Fields that nothing in the file decides. Give them: with any, nothing is stored.'),
  filledFigures: z.int().describe('Opens, highs and lows that are missing or zero, and were taken from the close.'),
  correctedFigures: z.int().describe('Highs and lows that the noise of a float put within the body, and were set to it.'),
  roundedFigures: z.int().describe('Figures that were rounded to 8 decimals, half to even.'),
  dividends: z.int().describe('Dividends that are stored for the instruments.'),
  splits: z.int().describe('Splits that are stored for the instruments.'),
  adjustedSplits: z.int().describe('Splits that are not stored, because the prices of the file are adjusted for them already.'),
  skippedRows: z.int().describe('Rows that were left out, as duplicates or because of a fault.'),
  skipped: z.array(rowFault).describe('The first hundred faults of those rows.'),
})

export const priceProfile = z.strictObject({
  id: uuid,
  name: label.describe('Of the source that writes such files.'),
  profile: fileProfileChange.describe('What is known of its files. The rest is found in each.'),
  duplicates: z.enum(duplicatePolicies),
  skipFaults: z.boolean(),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
})

export const priceFile = z.strictObject({
  id: uuid,
  fileName: z.string().nullable().describe('Null for pasted rows.'),
  receivedCount: z.int().describe('Number of bars that the file has.'),
  storedCount: z.int().describe('Number of those that were new or changed.'),
  replacedCount: z.int().describe('Number of those that took the place of other prices.'),
  actionCount: z.int().describe('Number of dividends and splits that were new or changed.'),
  createdAt: instant,
  undoneAt: instant.nullable().describe('Null until it is undone.'),
})

nameSchemas({ PriceProfile: priceProfile, PriceFile: priceFile })
