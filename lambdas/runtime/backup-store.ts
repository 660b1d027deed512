import type { Readable } from 'node:stream'
import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { readEnvironment } from './environment.ts'
import { bodyOf, getFrom, type KeepingStore, listOf, type ObjectStore, putInto, putOnceInto, storeOf } from './object-store.ts'

/** S3 takes 10,000 parts per object: enough for 160 GB. Four parts are in memory at a time. */
const partBytes = 16 * 1024 * 1024

/**
 * A bucket with the operations of a store that keeps what it has. It is a module of its own, because the module that uploads streams is bundled
 * wherever it is imported.
 */
export const keepingBucket = (bucket: string, client = new S3Client()): KeepingStore => {
  const place = { bucket, client }
  return {
    put: putInto(place),
    putOnce: putOnceInto(place),
    putStream: async (key, source) => {
      const params = { Bucket: bucket, Key: key, Body: source, ChecksumAlgorithm: 'SHA256' } as const
      await new Upload({ client, params, partSize: partBytes, queueSize: 3 }).done()
    },
    get: getFrom(place),
    getStream: async key => (await bodyOf(place, key)) as Readable,
    list: listOf(place),
  }
}

/** A bucket with all operations of a store. */
export const bucketStore = (bucket: string, client = new S3Client()): ObjectStore => ({
  ...keepingBucket(bucket, client),
  delete: async key => {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }))
  },
})

/** The store of backups and of what retention archived. */
export const backupStore = (): KeepingStore => storeOf(keepingBucket, 'BACKUP_BUCKET', readEnvironment().BACKUP_FOLDER)

/** The same, to remove backups too. */
export const removableBackups = (): ObjectStore => storeOf(bucketStore, 'BACKUP_BUCKET', readEnvironment().BACKUP_FOLDER)
