import { DomainError } from '../shared/index.ts'

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'windows-1250'] as const
export type Encoding = (typeof encodings)[number]

export interface FoundEncoding {
  readonly encoding: Encoding
  /** Why it was taken, in a sentence. */
  readonly note: string
  /** Whether another encoding would give other letters, and nothing decides between them. */
  readonly isAmbiguous: boolean
}

export const fileError = (message: string, cause?: unknown): DomainError => new DomainError([{ path: 'file', message }], { cause })

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean => start.every((byte, index) => bytes[index] === byte)

export const isGzip = (bytes: Uint8Array): boolean => startsWith(bytes, [0x1f, 0x8b])

const binaries: readonly (readonly [readonly number[], string])[] = [
  [[0x50, 0x4b, 3, 4], 'is a ZIP archive or an Excel workbook: unpack it, or save its sheet as CSV'],
  [[0x50, 0x4b, 5, 6], 'is an empty ZIP archive'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'is an Excel workbook of the old kind: save its sheet as CSV'],
  [[0x25, 0x50, 0x44, 0x46], 'is a PDF document: download the table as CSV instead'],
  [[0x42, 0x5a, 0x68], 'is compressed with bzip2: unpack it first'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'is compressed with xz: unpack it first'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'is compressed with zstd: unpack it first'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'is a 7z archive: unpack it first'],
  [[0x52, 0x61, 0x72, 0x21], 'is a RAR archive: unpack it first'],
  [[0x89, 0x50, 0x4e, 0x47], 'is a picture, not a table of text'],
  [[0xff, 0xd8, 0xff], 'is a picture, not a table of text'],
  [[0x50, 0x41, 0x52, 0x31], 'is a Parquet file: convert it to CSV'],
]

/** @throws DomainError if the first bytes are those of an archive, a workbook or another file that is no text */
export const refuseBinary = (bytes: Uint8Array): void => {
  const known = binaries.find(([start]) => startsWith(bytes, start))
  if (known) throw fileError(known[1])
}

/** Bytes from which the encoding without a mark is guessed by its NUL bytes. */
const sampleBytes = 4096

/** UTF-16 without a byte order mark: in text of any European language most of the high bytes are zero. */
const unmarkedUtf16 = (bytes: Uint8Array): Encoding | undefined => {
  const sample = bytes.subarray(0, sampleBytes - (sampleBytes % 2))
  const pairs = Math.floor(sample.length / 2)
  if (pairs === 0) return undefined
  const zeros = [0, 0]
  for (let index = 0; index < pairs * 2; index += 1) if (sample[index] === 0) zeros[index % 2]! += 1
  if (zeros[1]! > pairs / 2 && zeros[0] === 0) return 'utf-16le'
  if (zeros[0]! > pairs / 2 && zeros[1] === 0) return 'utf-16be'
  return undefined
}

/** Whether bytes are UTF-8, apart from a character that the end cuts. */
export const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

const isLetter = (byte: number | undefined): boolean => byte !== undefined && (byte | 32) >= 97 && (byte | 32) <= 122

/** Bytes that no text in windows-1252 has; Ť, Ź and ť in windows-1250. */
const undefinedIn1252 = new Set([0x8d, 0x8f, 0x9d])
/** Signs in windows-1252 (£ ¥ ¯ ³ ¹ ¿) that do not stand within a word; Ł Ą Ż ł ą ż in windows-1250. */
const signsIn1252 = new Set([0xa3, 0xa5, 0xaf, 0xb3, 0xb9, 0xbf])

/** Text in a code page of one byte: windows-1250 if a byte proves it. */
const codePageOf = (bytes: Uint8Array): FoundEncoding => {
  let differs = false
  const [western, central] = [new TextDecoder('windows-1252'), new TextDecoder('windows-1250')]
  const seen = new Set<number>()
  for (const [index, byte] of bytes.entries()) {
    if (byte < 0x80) continue
    const isWithinWord = signsIn1252.has(byte) && isLetter(bytes[index - 1]) && isLetter(bytes[index + 1])
    if (undefinedIn1252.has(byte) || isWithinWord)
      return { encoding: 'windows-1250', note: 'It is not UTF-8, and has letters of central Europe.', isAmbiguous: false }
    if (seen.has(byte)) continue
    seen.add(byte)
    const one = Uint8Array.of(byte)
    differs ||= western.decode(one) !== central.decode(one)
  }
  return { encoding: 'windows-1252', note: 'It is not UTF-8, and nothing shows letters of central Europe.', isAmbiguous: differs }
}

/**
 * The encoding of bytes that are text: by a byte order mark, by the NUL bytes of UTF-16, by being valid UTF-8, else a code page of one byte.
 * @param bytes the whole file, or its beginning
 * @throws DomainError if they are binary or empty
 */
export const findEncoding = (bytes: Uint8Array): FoundEncoding => {
  if (bytes.length === 0) throw fileError('is empty')
  refuseBinary(bytes)
  const marked = (encoding: Encoding): FoundEncoding => ({ encoding, note: 'It begins with a byte order mark.', isAmbiguous: false })
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return marked('utf-8')
  if (startsWith(bytes, [0xff, 0xfe])) return marked('utf-16le')
  if (startsWith(bytes, [0xfe, 0xff])) return marked('utf-16be')
  const unmarked = unmarkedUtf16(bytes)
  if (unmarked) return { encoding: unmarked, note: 'Every second byte is zero.', isAmbiguous: false }
  if (bytes.includes(0)) throw fileError('has NUL bytes: it is not text')
  const controls = bytes.subarray(0, sampleBytes).reduce((count, byte) => count + (byte < 32 && (byte < 9 || byte > 13) ? 1 : 0), 0)
  if (controls * 50 > Math.min(bytes.length, sampleBytes)) throw fileError('has control characters: it is not text')
  if (isUtf8(bytes)) return { encoding: 'utf-8', note: 'All of it is valid UTF-8.', isAmbiguous: false }
  return codePageOf(bytes)
}
