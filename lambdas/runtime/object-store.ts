import { createReadStream } from 'node:fs'
import { link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { Readable } from 'node:stream'
import { GetObjectCommand, paginateListObjectsV2, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { readEnvironment, required } from './environment.ts'

export interface StoredObject {
  readonly key: string
  readonly sizeBytes: number
  /** When it was stored. */
  readonly storedAt: Date
}

/** Keys are paths. An object is stored completely or not at all. */
export interface ObjectStore {
  put(key: string, bytes: Uint8Array): Promise<void>
  /** Never replaces an object. @throws ObjectExists */
  putOnce(key: string, bytes: Uint8Array): Promise<void>
  /** Stores a stream of any length in constant memory. */
  putStream(key: string, source: Readable): Promise<void>
  /** @throws if there is no such object */
  get(key: string): Promise<Uint8Array>
  /** @throws if there is no such object */
  getStream(key: string): Promise<Readable>
  /** The objects with keys that begin so, in the order of their keys. */
  list(prefix: string): Promise<StoredObject[]>
  /** Also succeeds if there is no such object. */
  delete(key: string): Promise<void>
}

/** A store from which nothing is removed. */
export type KeepingStore = Omit<ObjectStore, 'delete'>
export type WorkStore = Pick<ObjectStore, 'put' | 'get'>
export type ReadStore = Pick<ObjectStore, 'get' | 'list'>
export type AppendStore = Pick<ObjectStore, 'putOnce' | 'get' | 'list'>

/** The key of `putOnce` is taken. */
export class ObjectExists extends Error {
  override readonly name = 'ObjectExists'
  constructor(key: string) {
    super(`There is already an object ${key}.`)
  }
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error &&
  ('code' in error ? error.code === 'EEXIST' : ['PreconditionFailed', 'ConditionalRequestConflict'].includes(error.name))

const byKey = (a: StoredObject, b: StoredObject): number => (a.key < b.key ? -1 : 1)

/** The place of a bucket's objects. Each operation is a function of its own, so that a bundle holds only those that its handler can use. */
export interface Bucket {
  readonly bucket: string
  readonly client: S3Client
}

export const putInto =
  ({ bucket, client }: Bucket): ObjectStore['put'] =>
  async (key, bytes) => {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes, ChecksumAlgorithm: 'SHA256' }))
  }

export const putOnceInto =
  ({ bucket, client }: Bucket): ObjectStore['putOnce'] =>
  async (key, bytes) => {
    const put = new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes, ChecksumAlgorithm: 'SHA256', IfNoneMatch: '*' })
    await client.send(put).catch((error: unknown) => {
      throw isTaken(error) ? new ObjectExists(key) : error
    })
  }

export const bodyOf = async ({ bucket, client }: Bucket, key: string) => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  if (!Body) throw new Error(`The object ${key} has no content.`)
  return Body
}

export const getFrom =
  (place: Bucket): ObjectStore['get'] =>
  async key =>
    (await bodyOf(place, key)).transformToByteArray()

export const listOf =
  ({ bucket, client }: Bucket): ObjectStore['list'] =>
  async prefix => {
    const found: StoredObject[] = []
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
      for (const { Key: key = '', LastModified: storedAt = new Date(0), Size: sizeBytes = 0 } of Contents)
        found.push({ key, sizeBytes, storedAt })
    }
    return found.toSorted(byKey)
  }

/** A bucket of objects that are made and read. S3 checks the SHA-256 of each object that it receives, or of each part of a stream. */
export const workBucket = (bucket: string, client = new S3Client()): WorkStore => {
  const place = { bucket, client }
  return { put: putInto(place), get: getFrom(place) }
}

const readOnlyBucket = (bucket: string, client = new S3Client()): ReadStore => {
  const place = { bucket, client }
  return { get: getFrom(place), list: listOf(place) }
}

/** A bucket of objects that nothing replaces or deletes. */
export const appendOnlyBucket = (bucket: string, client = new S3Client()): AppendStore => {
  const place = { bucket, client }
  return { putOnce: putOnceInto(place), get: getFrom(place), list: listOf(place) }
}

/** The names of files that are being written end so. They are no objects yet. */
const unfinishedName = /\.unfinished-[\d.-]+$/

/** In a folder of this machine, for a laptop. */
export const folderStore = (folder: string): ObjectStore => {
  const store = async (key: string, write: (file: Awaited<ReturnType<typeof open>>) => Promise<void>, publish: typeof rename) => {
    const path = join(folder, key)
    const unfinished = `${path}.unfinished-${process.pid}-${performance.now()}`
    await mkdir(dirname(path), { recursive: true })
    try {
      const file = await open(unfinished, 'w')
      try {
        await write(file)
        await file.sync()
      } finally {
        await file.close()
      }
      await publish(unfinished, path)
    } finally {
      await rm(unfinished, { force: true })
    }
  }
  return {
    put: (key, bytes) => store(key, file => file.writeFile(bytes), rename),
    putOnce: (key, bytes) =>
      store(key, file => file.writeFile(bytes), link).catch((error: unknown) => {
        throw isTaken(error) ? new ObjectExists(key) : error
      }),
    putStream: (key, source) => store(key, file => file.writeFile(source), rename),
    get: key => readFile(join(folder, key)),
    getStream: async key => {
      await stat(join(folder, key))
      return createReadStream(join(folder, key), { highWaterMark: 1024 * 1024 })
    },
    list: async prefix => {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return []
        throw error
      })
      const found = entries
        .filter(entry => entry.isFile() && !unfinishedName.test(entry.name))
        .map(({ name, parentPath }) => join(parentPath, name))
        .map(path => ({ path, key: relative(folder, path).replaceAll(sep, '/') }))
        .filter(({ key }) => key.startsWith(prefix))
      const objects = found.map(async ({ key, path }) => {
        const { mtime, size } = await stat(path)
        return { key, sizeBytes: size, storedAt: mtime }
      })
      return (await Promise.all(objects)).toSorted(byKey)
    },
    delete: key => rm(join(folder, key), { force: true }),
  }
}

type StoreVariable = 'SIMULATION_STORE_BUCKET' | 'BAR_DROP_BUCKET' | 'LEDGER_WORK_BUCKET' | 'BACKUP_BUCKET' | 'AUDIT_ANCHOR_BUCKET'

let sharedClient: S3Client | undefined

/** The store in the bucket that a variable names, or on a laptop in the given folder. */
export const storeOf = <Store>(open: (bucket: string, client: S3Client) => Store, variable: StoreVariable, folder: string | undefined) => {
  if (folder !== undefined) return folderStore(folder)
  const bucket = required(readEnvironment(), variable)
  sharedClient ??= new S3Client()
  return open(bucket, sharedClient)
}

/** The store of the shards of large runs, which are too large for the state machine. */
export const simulationStore = (): WorkStore => storeOf(workBucket, 'SIMULATION_STORE_BUCKET', readEnvironment().SIMULATION_STORE_FOLDER)

/** The store of the dropped files of bars and of their reports. */
export const barDrop = (): WorkStore => storeOf(workBucket, 'BAR_DROP_BUCKET', readEnvironment().BAR_DROP_FOLDER)

/** The store of the work on ledgers. */
export const ledgerWorkStore = (): WorkStore => storeOf(workBucket, 'LEDGER_WORK_BUCKET', readEnvironment().LEDGER_WORK_FOLDER)

/** The anchors of the audit trail, to read. */
export const auditAnchors = (): ReadStore => storeOf(readOnlyBucket, 'AUDIT_ANCHOR_BUCKET', readEnvironment().AUDIT_ANCHOR_FOLDER)

/** The store of the anchors of the audit trail. */
export const auditAnchorStore = (): AppendStore => storeOf(appendOnlyBucket, 'AUDIT_ANCHOR_BUCKET', readEnvironment().AUDIT_ANCHOR_FOLDER)
