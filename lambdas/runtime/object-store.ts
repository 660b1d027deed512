import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { readEnvironment, required } from './environment.ts'

/** Where large runs keep what is too large to be passed on. Keys are paths; an object is there whole or not at all. */
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

let ofBucket: { readonly bucket: string; readonly store: ObjectStore } | undefined

/** The store that the environment names. */
export const simulationStore = (): ObjectStore => {
  const environment = readEnvironment()
  if (environment.SIMULATION_STORE_FOLDER !== undefined) return folderStore(environment.SIMULATION_STORE_FOLDER)
  const bucket = required(environment, 'SIMULATION_STORE_BUCKET')
  if (ofBucket?.bucket !== bucket) ofBucket = { bucket, store: bucketStore(bucket) }
  return ofBucket.store
}
