import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { readEnvironment, required } from './environment.ts'

/** Keys are paths. An object is stored completely or not at all. */
export interface ObjectStore {
  put(key: string, bytes: Uint8Array): Promise<void>
  /** @throws if there is no such object */
  get(key: string): Promise<Uint8Array>
}

/** In a bucket. S3 checks the SHA-256 of each object it receives. */
export const bucketStore = (bucket: string, client = new S3Client()): ObjectStore => ({
  put: async (key, bytes) => {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes, ChecksumAlgorithm: 'SHA256' }))
  },
  get: async key => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
    if (!Body) throw new Error(`The object ${key} has no content.`)
    return Body.transformToByteArray()
  },
})

/** In a folder of this machine, for a laptop. */
export const folderStore = (folder: string): ObjectStore => ({
  put: async (key, bytes) => {
    const path = join(folder, key)
    const unfinished = `${path}.${process.pid}-${performance.now()}`
    await mkdir(dirname(path), { recursive: true })
    await writeFile(unfinished, bytes, { flush: true })
    await rename(unfinished, path)
  },
  get: key => readFile(join(folder, key)),
})

const ofBuckets = new Map<string, ObjectStore>()

/** The store in the bucket that `bucketVariable` names, or on a laptop in the given folder. */
const storeOf = (bucketVariable: 'SIMULATION_STORE_BUCKET' | 'BAR_DROP_BUCKET', folder: string | undefined): ObjectStore => {
  if (folder !== undefined) return folderStore(folder)
  const bucket = required(readEnvironment(), bucketVariable)
  const known = ofBuckets.get(bucket) ?? bucketStore(bucket)
  ofBuckets.set(bucket, known)
  return known
}

/** The store of the shards of large runs, which are too large for the state machine. */
export const simulationStore = (): ObjectStore => storeOf('SIMULATION_STORE_BUCKET', readEnvironment().SIMULATION_STORE_FOLDER)

/** The store of the dropped files of bars and of their reports. */
export const barDrop = (): ObjectStore => storeOf('BAR_DROP_BUCKET', readEnvironment().BAR_DROP_FOLDER)
