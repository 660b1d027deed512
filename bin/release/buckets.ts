import { DeleteObjectsCommand, ListObjectVersionsCommand, NoSuchBucket, S3Client } from '@aws-sdk/client-s3'

/** Deletes up to a thousand versions, and returns how many. */
const deleteSome = async (client: S3Client, bucket: string): Promise<number> => {
  const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket: bucket }))
  const versions = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }))
  if (versions.length === 0) return 0
  const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: versions, Quiet: true } }))
  const [error] = Errors
  if (error) throw new Error(`${error.Key} in the bucket ${bucket} could not be deleted: ${error.Message}`)
  return versions.length
}

/**
 * Deletes all versions of all objects of a bucket, so that the bucket can be deleted.
 * @returns the number of deleted versions; 0 for a bucket that is not there.
 * @throws {Error} naming the first object that could not be deleted.
 */
export const emptyBucket = async (region: string, bucket: string): Promise<number> => {
  const client = new S3Client({ region })
  let deleted = 0
  try {
    for (let count = await deleteSome(client, bucket); count > 0; count = await deleteSome(client, bucket)) deleted += count
  } catch (error) {
    if (!(error instanceof NoSuchBucket)) throw error
  }
  return deleted
}
