import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { S3Client } from '@aws-sdk/client-s3'
import { afterAll, describe, expect, it } from 'vitest'
import { bucketStore } from '../../../lambdas/runtime/backup-store.ts'
import { folderStore, type ObjectStore } from '../../../lambdas/runtime/object-store.ts'
import { bucketInMemory } from '../../support/bucket.ts'

const folder = mkdtempSync(join(tmpdir(), 'nestegg-stores-test-'))
const bucket = bucketInMemory()
const client = new S3Client({ region: 'us-east-1' })

afterAll(() => {
  bucket.restore()
  rmSync(folder, { recursive: true, force: true })
})

const kinds: readonly (readonly [string, () => ObjectStore])[] = [
  ['folder', () => folderStore(folder)],
  ['bucket', () => bucketStore('stored', client)],
]

/** More than one part of a multipart upload. */
const largeChunks = Array.from({ length: 40 }, (_, index) => Buffer.alloc(1024 * 1024, index))
const largeObject = Buffer.concat(largeChunks)

const failing = async function* () {
  yield largeObject
  await Promise.resolve()
  throw new Error('the source ended early')
}

describe.each(kinds)('a store in a %s', (kind, open) => {
  it('never replaces an object that is put once', async () => {
    const store = open()
    await store.putOnce('once/1', Buffer.from('first'))
    await expect(store.putOnce('once/1', Buffer.from('second'))).rejects.toThrow('There is already an object once/1.')
    expect(Buffer.from(await store.get('once/1')).toString()).toBe('first')
  })

  it('stores one of several objects that are put once at the same time', async () => {
    const store = open()
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, (_, index) => store.putOnce('once/race', Buffer.from([index]))))
    const winners = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []))
    expect(winners).toHaveLength(1)
    expect([...(await store.get('once/race'))]).toEqual(winners)
  })

  it('stores and returns a long stream', async () => {
    const store = open()
    await store.putStream('streams/long', Readable.from(largeChunks))
    expect((await buffer(await store.getStream('streams/long'))).equals(largeObject)).toBe(true)
  })

  it('stores nothing of a stream that fails', async () => {
    const store = open()
    await expect(store.putStream('failed/stream', Readable.from(failing()))).rejects.toThrow('the source ended early')
    expect(await store.list('failed/')).toEqual([])
    if (kind === 'folder') expect(readdirSync(join(folder, 'failed'))).toEqual([])
    else expect(bucket.uploads.size).toBe(0)
  })

  it('lists the objects under a prefix in order, and deletes them', async () => {
    const store = open()
    for (const key of ['listed/b', 'listed/a/2', 'listed/a/10', 'other/a']) await store.put(key, Buffer.from(key))
    const listed = await store.list('listed/')
    expect(listed.map(({ key, sizeBytes }) => [key, sizeBytes])).toEqual([
      ['listed/a/10', 11],
      ['listed/a/2', 10],
      ['listed/b', 8],
    ])
    expect(Math.abs(listed[0]!.storedAt.getTime() - Date.now())).toBeLessThan(60_000)
    await store.delete('listed/a/2')
    await store.delete('listed/a/2')
    expect((await store.list('listed/')).map(({ key }) => key)).toEqual(['listed/a/10', 'listed/b'])
  })

  it('has no stream of a missing object', async () => {
    await expect(open().getStream('missing')).rejects.toThrow(kind === 'folder' ? 'ENOENT' : 'NoSuchKey')
  })
})
