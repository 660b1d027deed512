import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'
import type { KeepingStore } from './object-store.ts'

/**
 * A sealed object: a stream, compressed with zstd, then encrypted in frames of at most 256 KiB with AES-256-GCM. The key of each object
 * is derived from the data key and the name of the object, so that no object passes for another one. The nonce of a frame is its number and
 * whether it is the last one, so that no frame can be exchanged, repeated or cut off (the STREAM construction of Hoang, Reyhanitabar,
 * Rogaway and Vizár, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", 2015). A reader gets only bytes that were verified.
 *
 * In bytes: `NESTEGG1`, then per frame its length (4, big-endian), the ciphertext, and the tag (16).
 */
const magic = Buffer.from('NESTEGG1')
const frameBytes = 256 * 1024
const tagBytes = 16

/** The bytes of a sealed object do not belong to its name and key, or are not complete. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken'
}

const objectKey = (dataKey: Uint8Array, name: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', dataKey, Buffer.alloc(0), `object:${name}`, 32))

const nonceOf = (index: number, isLast: boolean): Buffer => {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(index, 4, 6)
  nonce.writeUInt8(isLast ? 1 : 0, 11)
  return nonce
}

const seal = (key: Uint8Array, index: number, isLast: boolean, plain: Uint8Array): Buffer => {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(index, isLast))
  const sealed = Buffer.allocUnsafe(4 + plain.length + tagBytes)
  sealed.writeUInt32BE(plain.length, 0)
  cipher.update(plain).copy(sealed, 4)
  cipher.final()
  cipher.getAuthTag().copy(sealed, 4 + plain.length)
  return sealed
}

const unseal = (key: Uint8Array, index: number, isLast: boolean, frame: Buffer): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index, isLast))
  decipher.setAuthTag(frame.subarray(frame.length - tagBytes))
  const plain = decipher.update(frame.subarray(0, -tagBytes))
  try {
    decipher.final()
    return plain
  } catch {
    throw new SealBroken(`Frame ${index} is changed, or the key is another one.`)
  }
}

/**
 * Joins the chunks of a stream to chunks of exactly `size` bytes; the last one can be shorter. It copies at once and keeps none of them: a
 * stream of rows has thousands of small ones, and memory would be freed late.
 */
const inChunks = async function* (source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let joined = Buffer.allocUnsafe(size)
  let held = 0
  for await (const chunk of source) {
    for (let taken = 0; taken < chunk.length; ) {
      const part = chunk.subarray(taken, taken + size - held)
      joined.set(part, held)
      taken += part.length
      held += part.length
      if (held === size) {
        yield joined
        joined = Buffer.allocUnsafe(size)
        held = 0
      }
    }
  }
  if (held > 0) yield joined.subarray(0, held)
}

const encrypt = (key: Uint8Array) =>
  async function* (source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
    yield magic
    let index = 0
    let held: Buffer | undefined
    for await (const chunk of inChunks(source, frameBytes)) {
      if (held) yield seal(key, index++, false, held)
      held = chunk
    }
    yield seal(key, index, true, held ?? Buffer.alloc(0))
  }

/** Where the frame that begins these bytes ends; infinite while that is unknown. */
const endOfFrame = (bytes: Buffer): number => {
  if (bytes.length < 4) return Number.POSITIVE_INFINITY
  const length = bytes.readUInt32BE(0)
  if (length > frameBytes) throw new SealBroken('The length of a frame is changed.')
  return 4 + length + tagBytes
}

/** Splits sealed bytes into the ciphertexts of frames, each with its tag. */
const inFrames = async function* (source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0)
  let isStarted = false
  for await (const chunk of source) {
    held = held.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length) : Buffer.concat([held, chunk])
    if (!isStarted && held.length >= magic.length) {
      if (!held.subarray(0, magic.length).equals(magic)) throw new SealBroken('It does not begin as a sealed object does.')
      held = held.subarray(magic.length)
      isStarted = true
    }
    if (!isStarted) continue
    for (let end = endOfFrame(held); held.length >= end; end = endOfFrame(held)) {
      yield held.subarray(4, end)
      held = held.subarray(end)
    }
  }
  if (!isStarted || held.length > 0) throw new SealBroken('It ends within a frame.')
}

const decrypt = (key: Uint8Array) =>
  async function* (source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
    let index = 0
    let held: Buffer | undefined
    for await (const frame of inFrames(source)) {
      if (held) yield unseal(key, index++, false, held)
      held = frame
    }
    if (!held) throw new SealBroken('It has no frame.')
    yield unseal(key, index, true, held)
  }

/** What a stream held: its length and SHA-256 in hexadecimal digits. */
export interface Measure {
  readonly sizeBytes: number
  readonly sha256: string
}

/** Passes a stream on and measures it. The measure is complete when the stream has ended. */
const measuring = () => {
  const hash = createHash('sha256')
  let sizeBytes = 0
  return {
    pass: async function* (source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of source) {
        sizeBytes += chunk.length
        hash.update(chunk)
        yield chunk
      }
    },
    measure: (): Measure => ({ sizeBytes, sha256: hash.digest('hex') }),
  }
}

export interface SealedMeasures {
  /** Of the stream itself. */
  readonly content: Measure
  /** Of the stored object. */
  readonly object: Measure
}

/** Level 1 compresses rows nearly as well as level 3, in half of the time. */
const compression = { params: { [constants.ZSTD_c_compressionLevel]: 1 }, chunkSize: 256 * 1024 }

export interface SealedPlace {
  readonly store: KeepingStore
  /** 32 bytes. */
  readonly key: Uint8Array
  /** The key of the object in the store. */
  readonly name: string
}

const isConsequence = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.code === 'ABORT_ERR')

/** Waits for both ends of a stream. If one fails, the other ends early: throws the reason, not its consequence. */
const bothEnds = async (ends: readonly [Promise<unknown>, Promise<unknown>]): Promise<void> => {
  const reasons = (await Promise.allSettled(ends)).flatMap(end => (end.status === 'rejected' ? [end.reason as unknown] : []))
  if (reasons.length > 0) throw reasons.find(reason => !isConsequence(reason)) ?? reasons[0]
}

/** Compresses, encrypts and stores a stream of any length, in constant memory. */
export const storeSealed = async ({ key, name, store }: SealedPlace, source: AsyncIterable<Uint8Array>): Promise<SealedMeasures> => {
  const content = measuring()
  const object = measuring()
  const compressor = createZstdCompress(compression)
  await bothEnds([
    pipeline(content.pass(inChunks(source, frameBytes)), compressor),
    store.putStream(name, Readable.from(object.pass(encrypt(objectKey(key, name))(compressor)))),
  ])
  return { content: content.measure(), object: object.measure() }
}

/**
 * Reads a sealed object in constant memory.
 * @param use consumes the content to its end. It gets verified bytes only, but knows the end of them only when this function has returned.
 * @throws SealBroken
 */
export const readSealed = async (
  { key, name, store }: SealedPlace,
  use: (content: Readable) => Promise<unknown>,
): Promise<SealedMeasures> => {
  const content = measuring()
  const object = measuring()
  const decompressor = createZstdDecompress({ chunkSize: 256 * 1024 })
  await bothEnds([
    pipeline(object.pass(await store.getStream(name)), decrypt(objectKey(key, name)), decompressor),
    use(Readable.from(content.pass(decompressor), { objectMode: false })),
  ])
  return { content: content.measure(), object: object.measure() }
}
