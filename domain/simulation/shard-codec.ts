const kinds = { float64: Float64Array, int32: Int32Array, uint32: Uint32Array } as const
type Numbers = Float64Array | Int32Array | Uint32Array

/** Replaces in the header an array of numbers that is in the body, `byteOffset` bytes from its start. */
interface Section {
  readonly array: keyof typeof kinds
  readonly byteOffset: number
  readonly length: number
}

/** First word of an encoded shard, in the byte order of the machine that wrote it, like everything after it except the header's text. */
const MAGIC = 0x4e455347
const PREAMBLE_BYTES = 8
const ALIGNMENT_BYTES = 8

const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT_BYTES) * ALIGNMENT_BYTES

/** Replaces in the header a whole number of any size. */
interface Integer {
  readonly integer: string
}

const isNumbers = (value: unknown): value is Numbers => Object.values(kinds).some(kind => value instanceof kind)

/**
 * A shard of any engine as bytes: two 32-bit words (a magic number, the header's length in bytes), the header, which is the shard as JSON padded with
 * spaces, then its arrays of numbers as they are in memory, each at a multiple of eight bytes.
 *
 * @throws RangeError for a number outside of arrays that JSON cannot represent
 */
export function encodeShard(shard: object): Uint8Array {
  const arrays: { numbers: Numbers; byteOffset: number }[] = []
  let bodyBytes = 0
  const text = JSON.stringify(shard, (name, value: unknown): unknown => {
    if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`${name} is ${value}`)
    if (typeof value === 'bigint') return { integer: String(value) } satisfies Integer
    if (!isNumbers(value)) return value
    const byteOffset = bodyBytes
    bodyBytes = aligned(byteOffset + value.byteLength)
    arrays.push({ numbers: value, byteOffset })
    const array = value instanceof Float64Array ? 'float64' : value instanceof Int32Array ? 'int32' : 'uint32'
    return { array, byteOffset, length: value.length } satisfies Section
  })
  const header = new TextEncoder().encode(text)
  const bodyStart = aligned(PREAMBLE_BYTES + header.length)
  const bytes = new Uint8Array(bodyStart + bodyBytes)
  new Uint32Array(bytes.buffer, 0, 2).set([MAGIC, bodyStart - PREAMBLE_BYTES])
  bytes.fill(0x20, PREAMBLE_BYTES, bodyStart)
  bytes.set(header, PREAMBLE_BYTES)
  for (const { byteOffset, numbers } of arrays) {
    bytes.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), bodyStart + byteOffset)
  }
  return bytes
}

/**
 * The shard that `encodeShard` wrote. Checks the form, not the content: keep a checksum of the bytes.
 *
 * @throws RangeError if the bytes are not a shard, end too early, or were written on a machine with another byte order
 */
export function decodeShard(bytes: Uint8Array): object {
  const part = (from: number, byteLength: number): ArrayBuffer => {
    // Not bytes.slice: a Buffer's slice is not a copy.
    const copy = new Uint8Array(bytes.subarray(from, from + byteLength))
    if (copy.length !== byteLength) throw new RangeError(`the shard ends before byte ${from + byteLength}`)
    return copy.buffer
  }
  const [magic, headerBytes] = new Uint32Array(part(0, PREAMBLE_BYTES))
  if (magic !== MAGIC) throw new RangeError('this is not a shard, or it was written on a machine with another byte order')
  const text = new TextDecoder().decode(part(PREAMBLE_BYTES, headerBytes!))
  const bodyStart = PREAMBLE_BYTES + headerBytes!
  const isSection = (value: unknown): value is Section => typeof value === 'object' && value !== null && 'array' in value
  const isInteger = (value: unknown): value is Integer => typeof value === 'object' && value !== null && 'integer' in value
  return JSON.parse(text, (_, value: unknown): unknown => {
    if (isInteger(value)) return BigInt(value.integer)
    if (!isSection(value)) return value
    const Kind = kinds[value.array]
    return new Kind(part(bodyStart + value.byteOffset, value.length * Kind.BYTES_PER_ELEMENT))
  }) as object
}
