import { pipeline } from 'node:stream'
import { createGunzip, gunzipSync } from 'node:zlib'
import { DomainError } from '../shared/index.ts'
import { type Encoding, fileError, findEncoding, type FoundEncoding, isGzip, refuseBinary } from './encodings.ts'

/** Maximum number of bytes of a file after it was decompressed, where the caller gives none. */
export const largestTextBytes = 268_435_456

const tooLarge = (limit: number) => fileError(`has more than ${limit} bytes when it is unpacked: divide it`)
const damaged = (cause: unknown) => fileError('is a damaged gzip file', cause)

/** The bytes, decompressed if they are gzip. @throws DomainError if that is damaged or larger than the limit */
export const unpack = (bytes: Uint8Array, limit = largestTextBytes): Uint8Array => {
  if (isGzip(bytes)) {
    try {
      return gunzipSync(bytes, { maxOutputLength: limit })
    } catch (error) {
      throw error instanceof RangeError ? tooLarge(limit) : damaged(error)
    }
  }
  if (bytes.length > limit) throw tooLarge(limit)
  return bytes
}

/**
 * Decodes text piece by piece, without its byte order mark.
 * @throws DomainError at bytes that the encoding does not have, with their line, and at NUL characters
 */
export class TextReader {
  readonly #decoder: InstanceType<typeof TextDecoder>
  readonly #encoding: Encoding
  #line = 1

  constructor(encoding: Encoding) {
    this.#encoding = encoding
    this.#decoder = new TextDecoder(encoding, { fatal: true })
  }

  read(bytes: Uint8Array, isLast = false): string {
    let text: string
    try {
      text = this.#decoder.decode(bytes, { stream: !isLast })
    } catch (cause) {
      throw new DomainError(
        [{ path: `line ${this.#faultyLine(bytes)}`, message: `has bytes that are not ${this.#encoding}: choose another encoding` }],
        { cause },
      )
    }
    const nul = text.indexOf('\0')
    if (nul !== -1)
      throw new DomainError([{ path: `line ${this.#line + newlines(text.slice(0, nul))}`, message: 'has a NUL character: it is not text' }])
    this.#line += newlines(text)
    return text
  }

  /** The line of the first byte that cannot be decoded: the lines before it can. */
  #faultyLine(bytes: Uint8Array): number {
    let [valid, faulty] = [0, bytes.length]
    while (faulty - valid > 1) {
      const middle = (valid + faulty) >> 1
      try {
        new TextDecoder(this.#encoding, { fatal: true }).decode(bytes.subarray(0, middle), { stream: true })
        valid = middle
      } catch {
        faulty = middle
      }
    }
    return this.#line + newlines(Buffer.from(bytes.subarray(0, valid)).toString('latin1'))
  }
}

const newlines = (text: string): number => {
  let count = 0
  for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) count += 1
  return count
}

export interface Decoded extends FoundEncoding {
  readonly text: string
}

/**
 * The text of a file, which may be compressed with gzip.
 * @param encoding by default the one that is found
 * @throws DomainError if it is empty, binary, damaged, too large or not in the encoding
 */
export const decodeFile = (
  bytes: Uint8Array,
  { encoding, limit }: { readonly encoding?: Encoding | undefined; readonly limit?: number | undefined } = {},
): Decoded => {
  const content = unpack(bytes, limit)
  const found = findEncoding(content)
  const chosen = encoding ?? found.encoding
  return {
    ...found,
    encoding: chosen,
    isAmbiguous: encoding === undefined && found.isAmbiguous,
    text: new TextReader(chosen).read(content, true),
  }
}

async function* gunzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unzip = createGunzip()
  pipeline(chunks, unzip, () => undefined)
  try {
    yield* unzip as AsyncIterable<Uint8Array>
  } catch (error) {
    throw error instanceof Error && 'code' in error && String(error.code).startsWith('Z_') ? damaged(error) : error
  }
}

async function* withFirst(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
}

/**
 * The bytes of a file piece by piece, decompressed if they are gzip, in memory that does not grow with the file.
 * @throws DomainError if the file is empty, an archive, damaged or larger than the limit
 */
export async function* unpackStream(chunks: AsyncIterable<Uint8Array>, limit = largestTextBytes): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]()
  let first: Uint8Array = new Uint8Array()
  // Enough for the first bytes of every known format.
  while (first.length < 8) {
    const next = await iterator.next()
    if (next.done === true) break
    first = Buffer.concat([first, next.value])
  }
  if (first.length === 0) throw fileError('is empty')
  refuseBinary(first)
  const all = withFirst(first, iterator)
  let total = 0
  for await (const chunk of isGzip(first) ? gunzipped(all) : all) {
    total += chunk.length
    if (total > limit) throw tooLarge(limit)
    yield chunk
  }
  if (total === 0) throw fileError('is empty')
}

/** The text of a file piece by piece. @throws DomainError as `unpackStream`, and for bytes that the encoding does not have */
export async function* decodeStream(chunks: AsyncIterable<Uint8Array>, encoding: Encoding, limit?: number): AsyncGenerator<string> {
  const reader = new TextReader(encoding)
  for await (const chunk of unpackStream(chunks, limit)) yield reader.read(chunk)
  yield reader.read(new Uint8Array(), true)
}
