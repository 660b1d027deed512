import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, describe, expect, it } from 'vitest'
import { folderStore } from '../../../lambdas/runtime/object-store.ts'
import { readSealed, SealBroken, storeSealed } from '../../../lambdas/runtime/sealed-object.ts'

const folder = mkdtempSync(join(tmpdir(), 'nestegg-sealed-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const store = folderStore(folder)
const key = randomBytes(32)

/** Bytes that do not compress, so that there are several frames. */
const content = randomBytes(900_000)

const read = async (name: string, withKey: Uint8Array = key): Promise<Buffer> => {
  let bytes = Buffer.alloc(0)
  await readSealed({ store, key: withKey, name }, async source => {
    bytes = await buffer(source)
  })
  return bytes
}

/** Stores the content under a name, and then what `change` makes of the stored bytes. */
const storeChanged = async (name: string, change: (sealed: Buffer) => Uint8Array): Promise<void> => {
  await storeSealed({ store, key, name }, Readable.from([content]))
  await store.put(name, change(Buffer.from(await store.get(name))))
}

/** The places of the frames in the stored bytes: each with its length, ciphertext and tag. */
const framesOf = (sealed: Buffer): Buffer[] => {
  const frames: Buffer[] = []
  for (let at = 8; at < sealed.length; ) {
    const end = at + 4 + sealed.readUInt32BE(at) + 16
    frames.push(sealed.subarray(at, end))
    at = end
  }
  return frames
}

it.each([0, 1, 262_143, 262_144, 262_145, 900_000])('returns a stream of %i bytes, and measures it on both ways', async size => {
  const bytes = content.subarray(0, size)
  const name = `size/${size}`
  const stored = await storeSealed({ store, key, name }, Readable.from(size === 0 ? [] : [bytes.subarray(0, 7), bytes.subarray(7)]))
  expect((await read(name)).equals(bytes)).toBe(true)
  const sha256 = (of: Uint8Array) => createHash('sha256').update(of).digest('hex')
  const object = await store.get(name)
  expect(stored).toEqual({
    content: { sizeBytes: size, sha256: sha256(bytes) },
    object: { sizeBytes: object.length, sha256: sha256(object) },
  })
  expect(await readSealed({ store, key, name }, source => buffer(source))).toEqual(stored)
})

it('compresses', async () => {
  const { object } = await storeSealed({ store, key, name: 'text' }, Readable.from([Buffer.from('the same line\n'.repeat(100_000))]))
  expect(object.sizeBytes).toBeLessThan(2_000)
})

it('shows nothing of the content', async () => {
  const text = Buffer.from('a secret sentence')
  await storeSealed({ store, key, name: 'secret' }, Readable.from([text]))
  expect(Buffer.from(await store.get('secret')).includes(text)).toBe(false)
})

describe('a changed object is refused', () => {
  const changes: Readonly<Record<string, (sealed: Buffer) => Uint8Array>> = {
    'a flipped bit in the ciphertext': sealed => {
      sealed[500_000]! ^= 1
      return sealed
    },
    'a flipped bit in a tag': sealed => {
      sealed[sealed.length - 1]! ^= 128
      return sealed
    },
    'a changed length': sealed => {
      sealed.writeUInt32BE(1_000_000, 8)
      return sealed
    },
    'another beginning': sealed => {
      sealed[0] = 0
      return sealed
    },
    'a cut end': sealed => sealed.subarray(0, -100),
    'a missing last frame': sealed => Buffer.concat([sealed.subarray(0, 8), ...framesOf(sealed).slice(0, -1)]),
    'exchanged frames': sealed => {
      const [first, second, ...rest] = framesOf(sealed)
      return Buffer.concat([sealed.subarray(0, 8), second!, first!, ...rest])
    },
    'a repeated frame': sealed => {
      const [first, ...rest] = framesOf(sealed)
      return Buffer.concat([sealed.subarray(0, 8), first!, first!, ...rest])
    },
    'more bytes at the end': sealed => Buffer.concat([sealed, Buffer.from('more')]),
    'no bytes': () => Buffer.alloc(0),
    'its beginning alone': sealed => sealed.subarray(0, 8),
  }
  it.each(Object.entries(changes))('%s', async (name, change) => {
    await storeChanged(`changed/${name}`, change)
    await expect(read(`changed/${name}`)).rejects.toThrow(SealBroken)
  })

  it('another key', async () => {
    await storeSealed({ store, key, name: 'other-key' }, Readable.from([content]))
    await expect(read('other-key', randomBytes(32))).rejects.toThrow('Frame 0 is changed, or the key is another one.')
  })

  it('another object with the same key', async () => {
    await storeSealed({ store, key, name: 'one' }, Readable.from([content]))
    await store.put('two', await store.get('one'))
    await expect(read('two')).rejects.toThrow(SealBroken)
  })
})

it('stores nothing if the source fails, and throws its reason', async () => {
  const failing = async function* () {
    yield content
    await Promise.resolve()
    throw new Error('the connection was lost')
  }
  await expect(storeSealed({ store, key, name: 'failed' }, Readable.from(failing()))).rejects.toThrow('the connection was lost')
  expect(await store.list('failed')).toEqual([])
})

it('throws the reason of a store that fails', async () => {
  const full = {
    ...store,
    putStream: async (_: string, source: Readable) =>
      source
        .once('data', () => source.destroy(new Error('the disk is full')))
        .toArray()
        .then(() => undefined),
  }
  await expect(storeSealed({ store: full, key, name: 'full' }, Readable.from([content, content]))).rejects.toThrow('the disk is full')
})

it('throws the reason of a reader that fails', async () => {
  await storeSealed({ store, key, name: 'unread' }, Readable.from([content, content, content]))
  const refuse = async (source: Readable) => {
    for await (const _ of source) throw new Error('the row was refused')
  }
  await expect(readSealed({ store, key, name: 'unread' }, refuse)).rejects.toThrow('the row was refused')
})
