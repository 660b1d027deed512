import { decodeFile, detectInText, type FileProfileChange, findEncoding, unpack } from '../../files/index.ts'
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
const startBytes = 65_536

/** The whole lines at the beginning of a file. */
const startOf = (content: Uint8Array): Uint8Array => {
  if (content.length <= startBytes) return content
  const { encoding } = findEncoding(content.subarray(0, startBytes))
  // In UTF-16 with the low byte first, a zero byte belongs to the end of a line.
  const end = content.lastIndexOf(10, startBytes) + (encoding === 'utf-16le' ? 2 : 1)
  return content.subarray(0, end > 2 ? end : startBytes)
}

/** The names of the columns of a price file, as they are written; undefined if it has none, and for bars and JSON, which need no profile. */
export const priceHeaderOf = (bytes: Uint8Array): readonly string[] | undefined => {
  try {
    const { text } = decodeFile(startOf(unpack(bytes)))
    if (/^\s*[{[]/.test(text) || isBarHeader(text)) return undefined
    const { header } = detectInText(text, priceMeanings).table
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
