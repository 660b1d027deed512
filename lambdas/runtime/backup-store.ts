import type { Readable } from 'node:stream'
import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { readEnvironment } from './environment.ts'
import { bodyOf, getFrom, listOf, type ObjectStore, putInto, putOnceInto, storeOf } from './object-store.ts'

/** S3 takes 10,000 parts per object: enough for 160 GB. Four parts are in memory at a time. */
const partBytes = 16 * 1024 * 1024

/**
 * A bucket with all operations of a store. It is a module of its own, because the module that uploads streams is bundled wherever it is imported.
 */
export const bucketStore = (bucket: string, client = new S3Client()): ObjectStore => {
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
    delete: async key => {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }))
    },
  }
}

/** The store of backups and of what retention archived. */
export const backupStore = (): ObjectStore => storeOf(bucketStore, 'BACKUP_BUCKET', readEnvironment().BACKUP_FOLDER)
