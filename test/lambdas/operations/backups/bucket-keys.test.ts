import { randomBytes } from 'node:crypto'
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { mockClient } from 'aws-sdk-client-mock'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bucketKeys, dataKeys } from '../../../../lambdas/operations/backups/keys.ts'
import { bucketStore } from '../../../../lambdas/runtime/backup-store.ts'
import { bucketInMemory } from '../../../support/bucket.ts'

const id = '01900000-0000-7000-8000-000000000000'

describe('keys in a bucket', () => {
  let bucket: ReturnType<typeof bucketInMemory>
  const store = () => bucketStore('backups', new S3Client({ region: 'us-east-2' }))
  beforeEach(() => {
    bucket = bucketInMemory()
  })
  afterEach(() => bucket.restore())

  it('are objects of their own, one for each backup, and are read again', async () => {
    const key = await bucketKeys(store()).make(id)
    expect(key).toHaveLength(32)
    expect([...bucket.objects.keys()]).toEqual([`keys/${id}`])
    expect(Buffer.from(await bucketKeys(store()).read(id))).toEqual(Buffer.from(key))
    expect(bucketKeys(store()).objectOf(id)).toBe(`keys/${id}`)
  })

  it('are never replaced', async () => {
    const key = await bucketKeys(store()).make(id)
    await expect(bucketKeys(store()).make(id)).rejects.toThrow(`There is already an object keys/${id}.`)
    expect(bucket.objects.get(`keys/${id}`)?.bytes).toEqual(Buffer.from(key))
  })

  it('are refused if they are missing, or have another length', async () => {
    await expect(bucketKeys(store()).read(id)).rejects.toThrow(
      expect.objectContaining({ name: 'KeyRefused', message: `The backup ${id} has no key in the store.` }),
    )
    await store().put(`keys/${id}`, randomBytes(31))
    await expect(bucketKeys(store()).read(id)).rejects.toThrow(
      expect.objectContaining({ name: 'KeyRefused', message: `The key of the backup ${id} has 31 bytes instead of 32.` }),
    )
  })

  it.each(['AccessDenied', 'KMS.DisabledException'])('are refused if S3 answers %s, which may come from KMS', async name => {
    bucket.restore()
    const s3 = mockClient(S3Client)
    s3.on(GetObjectCommand).rejects(Object.assign(new Error('not allowed'), { name }))
    await expect(bucketKeys(store()).read(id)).rejects.toThrow(
      expect.objectContaining({ name: 'KeyRefused', message: `S3 or KMS refuses the key of the backup ${id}: not allowed` }),
    )
  })

  it('are used where a bucket is set, unless there is a key file', async () => {
    process.env['BACKUP_BUCKET'] = 'backups'
    expect(dataKeys(store()).objectOf(id)).toBe(`keys/${id}`)
    process.env['BACKUP_KEY_FILE'] = '/nowhere/backup.key'
    expect(dataKeys(store()).objectOf(id)).toBe(`backups/${id}/key`)
  })
})
