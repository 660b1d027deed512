import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { readEnvironment, required } from './environment.ts'

/** Keys are paths; an object is there whole or not at all. */
export interface ObjectStore {
  put(key: string, bytes: Uint8Array): Promise<void>
  /** @throws if there is no such object */
  get(key: string): Promise<Uint8Array>
}

/** In a bucket. S3 checks the SHA-256 of what it is sent. */
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
    await writeFile(unfinished, bytes)
    await rename(unfinished, path)
  },
  get: key => readFile(join(folder, key)),
})

const ofBuckets = new Map<string, ObjectStore>()

/** The store in the bucket that one variable of the environment names, or on a laptop in the folder that the other does. */
const storeOf = (bucketVariable: 'SIMULATION_STORE_BUCKET' | 'BAR_DROP_BUCKET', folder: string | undefined): ObjectStore => {
  if (folder !== undefined) return folderStore(folder)
  const bucket = required(readEnvironment(), bucketVariable)
  const known = ofBuckets.get(bucket) ?? bucketStore(bucket)
  ofBuckets.set(bucket, known)
  return known
}

/** Where large runs keep what is too large to be passed on. */
export const simulationStore = (): ObjectStore => storeOf('SIMULATION_STORE_BUCKET', readEnvironment().SIMULATION_STORE_FOLDER)

/** Where files of bars are dropped, and what became of them is reported. */
export const barDrop = (): ObjectStore => storeOf('BAR_DROP_BUCKET', readEnvironment().BAR_DROP_FOLDER)
