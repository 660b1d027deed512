import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { sdkStreamMixin } from '@smithy/core/serde'
import { mockClient } from 'aws-sdk-client-mock'

const failure = (name: string, status: number) => Object.assign(new Error(name), { name, $metadata: { httpStatusCode: status } })

/** The bytes of a request: the client sends a stream, or what is complete already. */
const bytesOf = async (body: unknown): Promise<Buffer> => (body instanceof Readable ? buffer(body) : Buffer.from(body as Uint8Array))

/**
 * A bucket in memory behind the S3 client of the process: whole objects, parts, conditional writes, pages of lists. It answers as the
 * documentation of S3 says.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export const bucketInMemory = () => {
  const objects = new Map<string, { readonly bytes: Buffer; readonly storedAt: Date }>()
  const uploads = new Map<string, Map<number, Buffer>>()
  const s3 = mockClient(S3Client)
  const store = (key: string, bytes: Buffer) => objects.set(key, { bytes, storedAt: new Date() })
  s3.on(PutObjectCommand).callsFake(async ({ Key, Body, IfNoneMatch }: { Key: string; Body: unknown; IfNoneMatch?: string }) => {
    const bytes = await bytesOf(Body)
    if (IfNoneMatch === '*' && objects.has(Key)) throw failure('PreconditionFailed', 412)
    store(Key, bytes)
    return {}
  })
  s3.on(GetObjectCommand).callsFake(async ({ Key }: { Key: string }): Promise<Partial<GetObjectCommandOutput>> => {
    const found = objects.get(Key)
    if (!found) throw failure('NoSuchKey', 404)
    return { Body: sdkStreamMixin(Readable.from([found.bytes])) as unknown as NonNullable<GetObjectCommandOutput['Body']> }
  })
  s3.on(ListObjectsV2Command).callsFake(async ({ Prefix, ContinuationToken }: { Prefix: string; ContinuationToken?: string }) => {
    const keys = [...objects.keys()].filter(key => key.startsWith(Prefix)).toSorted()
    const from = Number(ContinuationToken ?? 0)
    const page = keys.slice(from, from + 2)
    const Contents = page.map(key => ({ Key: key, Size: objects.get(key)!.bytes.length, LastModified: objects.get(key)!.storedAt }))
    return from + 2 < keys.length ? { Contents, IsTruncated: true, NextContinuationToken: String(from + 2) } : { Contents }
  })
  s3.on(DeleteObjectCommand).callsFake(async ({ Key }: { Key: string }) => {
    objects.delete(Key)
    return {}
  })
  s3.on(CreateMultipartUploadCommand).callsFake(async () => {
    const UploadId = String(performance.now())
    uploads.set(UploadId, new Map())
    return { UploadId }
  })
  s3.on(UploadPartCommand).callsFake(async ({ Body, PartNumber, UploadId }: { Body: unknown; PartNumber: number; UploadId: string }) => {
    uploads.get(UploadId)!.set(PartNumber, await bytesOf(Body))
    return { ETag: `"${PartNumber}"` }
  })
  s3.on(CompleteMultipartUploadCommand).callsFake(
    async ({ Key, MultipartUpload, UploadId }: { Key: string; UploadId: string; MultipartUpload: { Parts: { PartNumber: number }[] } }) => {
      const parts = uploads.get(UploadId)!
      store(Key, Buffer.concat(MultipartUpload.Parts.map(({ PartNumber }) => parts.get(PartNumber)!)))
      uploads.delete(UploadId)
      return {}
    },
  )
  s3.on(AbortMultipartUploadCommand).callsFake(async ({ UploadId }: { UploadId: string }) => {
    uploads.delete(UploadId)
    return {}
  })
  return { objects, uploads, restore: () => s3.restore() }
}
