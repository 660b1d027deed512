import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DeleteObjectCommand, GetObjectCommand, paginateListObjectsV2, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import * as z from 'zod'
import { cacheControlOf, contentTypeOf, pagesFolder, retiredKey, webFilesIn } from '../runtime/web-files.ts'

/** The bucket of the web application. */
export interface WebBucket {
  readonly client: S3Client
  readonly bucket: string
}

/** A tab that was opened before a release loads the files of its own release so long. */
export const keptDays = 30

const prefix = `${pagesFolder}/`
const dayMilliseconds = 86_400_000
const retiredForm = z.record(z.string(), z.iso.datetime())
type Retired = z.infer<typeof retiredForm>

export interface Published {
  readonly files: number
  /** The files of former releases that were removed. */
  readonly removed: readonly string[]
}

const isCalled = (name: string, error: unknown): boolean => error instanceof Error && error.name === name

const keysIn = async ({ bucket, client }: WebBucket, Prefix: string): Promise<readonly string[]> => {
  const keys: string[] = []
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix }))
    keys.push(...Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key])))
  return keys
}

const readRetired = async ({ bucket, client }: WebBucket): Promise<Retired> => {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: retiredKey }))
    return retiredForm.parse(JSON.parse((await Body?.transformToString()) ?? ''))
  } catch (error) {
    if (isCalled('NoSuchKey', error)) return {}
    throw error
  }
}

const remove = async ({ bucket, client }: WebBucket, keys: readonly string[]): Promise<void> => {
  for (const Key of keys) await client.send(new DeleteObjectCommand({ Bucket: bucket, Key }))
}

const publishFile = ({ bucket, client }: WebBucket, folder: string, file: string) =>
  client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: `${prefix}${file}`,
      Body: readFileSync(join(folder, file)),
      ContentType: contentTypeOf(file),
      CacheControl: cacheControlOf(file),
    }),
  )

/** Removes the files that no release has had for `keptDays`, and notes the time of those that this release is the first without. */
const retire = async (place: WebBucket, current: ReadonlySet<string>, now: Date): Promise<readonly string[]> => {
  const { bucket, client } = place
  const known = await readRetired(place)
  const others = (await keysIn(place, prefix)).map(key => key.slice(prefix.length)).filter(file => !current.has(file))
  const since = (file: string): string => known[file] ?? now.toISOString()
  const removed = others.filter(file => now.getTime() - Date.parse(since(file)) > keptDays * dayMilliseconds)
  await remove(
    place,
    removed.map(file => `${prefix}${file}`),
  )
  const retired = Object.fromEntries(others.filter(file => !removed.includes(file)).map(file => [file, since(file)]))
  await client.send(
    new PutObjectCommand({ Bucket: bucket, Key: retiredKey, Body: JSON.stringify(retired), ContentType: 'application/json' }),
  )
  return removed
}

/**
 * Publishes the built files of a folder, the page last, so that a page never names a file that is not there. The files of former releases
 * stay for `keptDays` after the release that dropped them. A second call changes nothing.
 */
export const publishRelease = async (place: WebBucket, folder: string, now: Date): Promise<Published> => {
  const files = webFilesIn(folder)
  for (const file of files) await publishFile(place, folder, file)
  return { files: files.length, removed: await retire(place, new Set(files), now) }
}

/** Removes everything from the bucket, so that it can be deleted. A bucket that is gone already is as good. */
export const removeReleases = async (place: WebBucket): Promise<void> => {
  try {
    await remove(place, await keysIn(place, ''))
  } catch (error) {
    if (!isCalled('NoSuchBucket', error)) throw error
  }
}
