import { describe, expect, it } from 'vitest'
import { simulateShard } from '../../../domain/simulation/index.ts'
import type { ShardResult } from '../../../domain/simulation/index.ts'
import { decodeShard, encodeShard } from '../../../domain/simulation/shard-codec.ts'
import { simulationSpec } from './specs.ts'

const spec = simulationSpec({ paths: 333 })
const shard = simulateShard(spec, 100, 211)

describe('a shard as bytes', () => {
  it('decodes to the same shard, to the last bit', () => {
    expect(decodeShard(encodeShard(shard))).toEqual(shard)
  })

  it('keeps arrays of every kind at any depth, also empty ones and negative zeros', () => {
    const odd = {
      ...shard,
      depletedIn: Int32Array.of(-1, 2, 3),
      growth: Float64Array.of(-0, Number.POSITIVE_INFINITY, Number.NaN, 5e-324),
      parts: {
        years: [
          { zeros: 3, counts: Uint32Array.of(4_294_967_295) },
          { zeros: 0, counts: new Uint32Array(0) },
        ],
      },
    } as ShardResult
    const decoded = decodeShard(encodeShard(odd)) as ShardResult
    expect(decoded).toEqual(odd)
    expect(Object.is(decoded.growth[0], -0)).toBe(true)
  })

  it('keeps whole numbers of any size', () => {
    const sums = { ...shard, sums: [0n, -1n, 2n ** 300n + 1n], nothing: null }
    expect(decodeShard(encodeShard(sums))).toEqual(sums)
  })

  it('can be read from any place in a buffer', () => {
    const bytes = encodeShard(shard)
    const buffer = new Uint8Array(bytes.length + 3)
    buffer.set(bytes, 3)
    expect(decodeShard(buffer.subarray(3))).toEqual(shard)
    expect(decodeShard(Buffer.concat([bytes]))).toEqual(shard)
    expect(decodeShard(Buffer.from(buffer.buffer, 3))).toEqual(shard)
  })

  it('is little larger than its numbers', () => {
    const numbers = Object.values(shard).reduce((sum: number, value) => sum + (ArrayBuffer.isView(value) ? value.byteLength : 0), 0)
    expect(encodeShard(shard).length).toBeLessThan(numbers + 2048)
  })

  it('is rejected if it is cut off, or is something else', () => {
    const bytes = encodeShard(shard)
    for (const length of [0, 7, 100, bytes.length - 8]) expect(() => decodeShard(bytes.subarray(0, length))).toThrow(RangeError)
    expect(() => decodeShard(new TextEncoder().encode('{"no":"shard"}'))).toThrow('this is not a shard')
    expect(() => decodeShard(bytes.subarray(0, 8).toReversed())).toThrow('this is not a shard')
  })

  it('cannot be made from numbers that its header cannot hold', () => {
    expect(() => encodeShard({ ...shard, fromPath: Number.NaN })).toThrow('fromPath is NaN')
  })
})
