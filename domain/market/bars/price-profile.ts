import { decodeFile, detectInText, type FileProfileChange } from '../../files/index.ts'
import { DomainError } from '../../shared/index.ts'
import type { BarBatch } from './bar-batch.ts'
import { priceMeanings } from './price-columns.ts'
import { isBarHeader } from './read-csv.ts'
import type { PriceFileOptions } from './read-prices.ts'

/** How the files of a source are read. */
export interface KeptPriceProfile extends Required<Pick<PriceFileOptions, 'duplicates' | 'skipFaults'>> {
  readonly name: string
  readonly profile: FileProfileChange
}

/** The header is within the beginning of a file. */
const startCharacters = 65_536

/** The names of the columns of a price file, as they are written; undefined if it has none, and for bars and JSON, which need no profile. */
export const priceHeaderOf = (bytes: Uint8Array): readonly string[] | undefined => {
  try {
    const { text } = decodeFile(bytes)
    if (/^\s*[{[]/.test(text) || isBarHeader(text)) return undefined
    const end = text.length > startCharacters ? text.lastIndexOf('\n', startCharacters) + 1 : text.length
    const { header } = detectInText(text.slice(0, end > 0 ? end : startCharacters), priceMeanings).table
    return header.length > 0 ? header : undefined
  } catch (error) {
    if (error instanceof DomainError) return undefined
    throw error
  }
}

/** The options of a reader with a kept profile. What is given counts more. */
export const withKeptProfile = <Options extends PriceFileOptions>(given: Options, kept: KeptPriceProfile | undefined): Options =>
  kept === undefined
    ? given
    : {
        ...given,
        profile: { ...kept.profile, ...given.profile, columns: { ...kept.profile.columns, ...given.profile?.columns } },
        duplicates: given.duplicates ?? kept.duplicates,
        skipFaults: given.skipFaults ?? kept.skipFaults,
      }

/** What is to be kept of how a file was read: what was given, and what the file has shown. What nothing has shown is looked for again. */
export const profileToKeep = ({ reading }: BarBatch, given: FileProfileChange = {}): FileProfileChange => {
  if (!reading) return given
  const { columns, dateOrder, decimalMark, delimiter, thousandsMark } = reading.profile
  const isShown = (field: string) => reading.notes.some(note => note.field === field)
  return {
    delimiter,
    columns,
    ...(isShown('decimalMark') ? { decimalMark, thousandsMark } : {}),
    ...(isShown('dateOrder') ? { dateOrder } : {}),
    ...given,
  }
}
