import { type DateOrder, decodeFile, type Encoding, encodings, findEncoding, unpack } from '../../files/index.ts'
import { DomainError } from '../../shared/index.ts'
import { isOwnCsv, readOwnCsv } from './csv/own-csv.ts'
import type { CsvProfileChange } from './csv/profile.ts'
import { type CsvContent, readCsv } from './csv/read-csv.ts'
import { isOwnJson, readOwnJson } from './json/own-json.ts'
import { isPlaid, readPlaid } from './json/read-plaid.ts'
import { type JsonObject, parseDocument } from './json/values.ts'
import { readOfxHeader } from './ofx/header.ts'
import { readOfx } from './ofx/read-ofx.ts'
import { readQif } from './qif/read-qif.ts'
import type { QifOptions } from './qif/values.ts'
import type { FileContent, FileFormat } from './rows.ts'

/** Maximum size of a file, other than a table, of which all is held in memory. */
export const largestFileBytes = 67_108_864

const fileError = (message: string) => new DomainError([{ path: 'file', message }])

/** The beginning of a file, which is enough to see its format. */
const startBytes = 65_536

/**
 * The format of a file by its beginning. Whatever is no OFX, QIF or JSON is a table.
 * @throws DomainError for an empty file, an archive, a workbook, a PDF, a picture, a web page and other XML
 */
export const findFormat = (bytes: Uint8Array): FileFormat => {
  const content = unpack(bytes)
  const { encoding } = findEncoding(content)
  const start = new TextDecoder(encoding).decode(content.subarray(0, startBytes)).trimStart()
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)?<(?:!doctype html|html)\b/i.test(start))
    throw fileError('is a web page: download the data instead')
  if (/<OFX\b/i.test(start) || /^OFXHEADER\b/i.test(start)) return /<INTU\./i.test(start) ? 'qfx' : 'ofx'
  if (start.startsWith('<')) throw fileError('is XML, but not OFX')
  if (/^[{[]/.test(start)) return 'json'
  return /^!(?:type|account|option|clear)\b/im.test(start) ? 'qif' : 'csv'
}

export interface FileOptions {
  /** By default the one that the beginning shows. */
  readonly format?: FileFormat | undefined
  /** By default the one that the file declares or shows. */
  readonly encoding?: Encoding | undefined
  /** Of a QIF file in which nothing decides it. A table has it in its profile. */
  readonly dateOrder?: DateOrder | undefined
  /** The same for the decimal mark. */
  readonly decimalMark?: QifOptions['decimalMark']
  /** How a table is to be read; what is left out is found. */
  readonly profile?: CsvProfileChange | undefined
  /** False for an institution that uses identifiers more than once. */
  readonly idsAreUnique?: boolean | undefined
}

const isEncoding = (name: string | undefined): name is Encoding => (encodings as readonly (string | undefined)[]).includes(name)

/**
 * The text of an OFX file. Banks declare windows-1252 above UTF-8, so what is valid UTF-8 counts as that; else what is declared.
 */
const ofxText = (content: Uint8Array, encoding: Encoding | undefined): { text: string; note: string | undefined } => {
  const found = findEncoding(content)
  const declared = readOfxHeader(new TextDecoder(found.encoding).decode(content.subarray(0, startBytes))).encoding
  const isShown = found.encoding === 'utf-8' || found.encoding.startsWith('utf-16')
  const chosen = encoding ?? (isShown || !isEncoding(declared) ? found.encoding : declared)
  const { text } = decodeFile(content, { encoding: chosen })
  const differs = encoding === undefined && declared !== undefined && declared !== chosen && /[^\0-\x7f]/.test(text)
  return { text, note: differs ? `The file says that it is ${declared}, and is ${chosen}.` : undefined }
}

const withNotes = (content: FileContent, notes: readonly (string | undefined)[]): FileContent => {
  const given = notes.filter(note => note !== undefined)
  return given.length === 0 ? content : { ...content, notes: [...given, ...content.notes] }
}

const readDocument = (text: string): FileContent => {
  const document = parseDocument(text)
  // Our own amounts are texts, so that no number has to be kept as it is written.
  if (isOwnJson(document)) return readOwnJson(JSON.parse(text) as JsonObject)
  if (isPlaid(document)) return readPlaid(document)
  throw fileError('is JSON of an unknown kind: an export of this program or an answer of Plaid is read')
}

/**
 * Reads a file of a bank, a broker or another program: OFX and QFX, QIF, CSV, JSON of Plaid or of our own export. It may be compressed with gzip.
 * Rows with faults are listed, and not among the transactions. If `ambiguous` is not empty, the person must choose before rows are stored.
 * @throws DomainError if nothing of the file can be read
 */
export const readFile = (bytes: Uint8Array, options: FileOptions = {}): FileContent | CsvContent => {
  const { dateOrder, decimalMark, encoding, idsAreUnique, profile } = options
  const format = options.format ?? findFormat(bytes)
  if (format === 'csv') {
    const change = encoding === undefined ? profile : { ...profile, encoding }
    // Only our own export begins with this name, in UTF-8.
    const isOwn = isOwnCsv(new TextDecoder().decode(unpack(bytes).subarray(0, 100)))
    return isOwn ? readOwnCsv(decodeFile(bytes, { encoding: 'utf-8' }).text) : readCsv(bytes, { idsAreUnique, profile: change })
  }
  const content = unpack(bytes, largestFileBytes)
  if (format === 'ofx' || format === 'qfx') {
    const { note, text } = ofxText(content, encoding)
    return withNotes(readOfx(text, { idsAreUnique }), [note])
  }
  const decoded = decodeFile(content, { encoding })
  if (format === 'json') return readDocument(decoded.text)
  const read = readQif(decoded.text, { dateOrder, decimalMark })
  return decoded.isAmbiguous ? { ...read, ambiguous: [...(read.ambiguous ?? []), 'encoding'], notes: [decoded.note, ...read.notes] } : read
}
