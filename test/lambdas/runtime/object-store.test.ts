import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetObjectCommand, type GetObjectCommandOutput, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { type AwsClientStub, mockClient } from 'aws-sdk-client-mock'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { folderStore, simulationStore, workBucket } from '../../../lambdas/runtime/object-store.ts'

const bytes = Uint8Array.of(0, 1, 254, 255)

describe('a bucket', () => {
  let s3: AwsClientStub<S3Client>
  beforeEach(() => {
    s3 = mockClient(S3Client)
  })
  afterEach(() => {
    s3.restore()
    vi.unstubAllEnvs()
  })

  it('gets an object with its SHA-256, and returns its bytes', async () => {
    s3.on(GetObjectCommand).resolves({
      Body: { transformToByteArray: async () => bytes } as unknown as NonNullable<GetObjectCommandOutput['Body']>,
    })
    const store = workBucket('work', new S3Client({ region: 'eu-central-1' }))
    await store.put('runs/1/shards/0', bytes)
    expect(s3.commandCalls(PutObjectCommand).map(call => call.args[0].input)).toEqual([
      { Bucket: 'work', Key: 'runs/1/shards/0', Body: bytes, ChecksumAlgorithm: 'SHA256' },
    ])
    expect(await store.get('runs/1/shards/0')).toEqual(bytes)
    expect(s3.commandCalls(GetObjectCommand).map(call => call.args[0].input)).toEqual([{ Bucket: 'work', Key: 'runs/1/shards/0' }])
  })

  it('is set by the environment, and its errors are thrown on', async () => {
    vi.stubEnv('SIMULATION_STORE_BUCKET', 'named')
    vi.stubEnv('AWS_REGION', 'eu-central-1')
    s3.on(GetObjectCommand).rejects(new Error('NoSuchKey'))
    await expect(simulationStore().get('runs/1/shards/0')).rejects.toThrow('NoSuchKey')
    expect(s3.commandCalls(GetObjectCommand).map(call => call.args[0].input.Bucket)).toEqual(['named'])
  })

  it('must be named by the environment', () => {
    expect(() => simulationStore()).toThrow('The environment variable SIMULATION_STORE_BUCKET is not set.')
  })
})

describe('a folder', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nestegg-store-test-'))
    vi.stubEnv('SIMULATION_STORE_FOLDER', folder)
  })
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true })
    vi.unstubAllEnvs()
  })

  it('keeps only the latest bytes of an object, completely', async () => {
    const store = simulationStore()
    await Promise.all(Array.from({ length: 8 }, (_, index) => store.put('runs/1/shards/0', new Uint8Array(1000).fill(index))))
    expect(new Set(await store.get('runs/1/shards/0')).size).toBe(1)
    await store.put('runs/1/shards/0', bytes)
    expect(new Uint8Array(await folderStore(folder).get('runs/1/shards/0'))).toEqual(bytes)
    expect(readdirSync(join(folder, 'runs', '1', 'shards'))).toEqual(['0'])
  })

  it('throws for an object that was not stored', async () => {
    await expect(simulationStore().get('runs/1/shards/1')).rejects.toThrow('ENOENT')
  })
})
