import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import type { CdkCustomResourceEvent } from 'aws-lambda'
import { mockClient } from 'aws-sdk-client-mock'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { handler } from '../../../lambdas/operations/handlers/publish-web.ts'
import { bucketInMemory } from '../../support/bucket.ts'
import { someWebFiles, webRelease } from '../../support/web-release.ts'

const day = 86_400_000
const start = Date.parse('2026-03-01T12:00:00Z')

let bucket: ReturnType<typeof bucketInMemory>
beforeEach(() => {
  bucket = bucketInMemory()
  vi.useFakeTimers({ toFake: ['Date'], now: start })
  vi.stubEnv('WEB_BUCKET', 'web')
})
afterEach(() => {
  bucket.restore()
  vi.useRealTimers()
  vi.unstubAllEnvs()
})

/** Sends a request of CloudFormation after so many days, with the files of a release. */
const send = (RequestType: CdkCustomResourceEvent['RequestType'], files: Readonly<Record<string, string>>, afterDays = 0) => {
  vi.setSystemTime(start + afterDays * day)
  vi.stubEnv('WEB_FOLDER', webRelease(files))
  return handler({ RequestType } as CdkCustomResourceEvent)
}

const textOf = (key: string) => bucket.objects.get(key)?.bytes.toString()
const scripts = () => [...bucket.objects.keys()].filter(key => key.endsWith('.js')).toSorted()

const page = (script: string) => `<!doctype html><script type="module" src="/${script}"></script>`
const release = (script: string) => ({ 'index.html': page(script), [script]: `export const script = '${script}'` })
const [one, two, three] = ['assets/app-1.js', 'assets/app-2.js', 'assets/app-3.js'] as const

describe('the publisher of the web application', () => {
  it('copies each file with its type and its time in caches, the page last', async () => {
    const puts = mockClient(S3Client)
    puts.on(PutObjectCommand).resolves({})
    puts.on(ListObjectsV2Command).resolves({})
    puts.on(GetObjectCommand).rejects(Object.assign(new Error('none'), { name: 'NoSuchKey' }))
    vi.stubEnv('WEB_FOLDER', webRelease())
    await handler({ RequestType: 'Create' } as CdkCustomResourceEvent)
    const sent = puts.commandCalls(PutObjectCommand).map(({ args }) => args[0].input)
    expect(
      sent
        .slice(0, 4)
        .map(({ Body, Bucket, CacheControl, ContentType, Key }) => [Bucket, Key, ContentType, CacheControl, (Body as Buffer).toString()]),
    ).toEqual(
      (
        [
          ['assets/app-1a2b3c4d.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
          ['assets/app-5e6f7a8b.css', 'text/css; charset=utf-8', 'public, max-age=31536000, immutable'],
          ['favicon.svg', 'image/svg+xml', 'no-cache'],
          ['index.html', 'text/html; charset=utf-8', 'no-cache'],
        ] as const
      ).map(([file, type, caching]) => ['web', `pages/${file}`, type, caching, someWebFiles[file]]),
    )
    puts.restore()
  })

  it('keeps one physical id, with which CloudFormation never replaces it', async () => {
    const ids = [await send('Create', release(one)), await send('Update', release(two)), await send('Delete', release(two))]
    expect(ids).toEqual(ids.map(() => ({ PhysicalResourceId: 'web-release' })))
  })

  it('changes nothing the second time', async () => {
    await send('Create', release(one))
    await send('Update', release(two))
    const before = [...bucket.objects].map(([key, { bytes }]) => [key, bytes.toString()])
    await send('Update', release(two), 1)
    expect([...bucket.objects].map(([key, { bytes }]) => [key, bytes.toString()])).toEqual(before)
  })

  it('keeps the files of the release before, however old that is', async () => {
    await send('Create', release(one))
    await send('Update', release(two), 300)
    expect(scripts()).toEqual([`pages/${one}`, `pages/${two}`])
    expect(textOf('pages/index.html')).toBe(page(two))
  })

  it('removes a file thirty days after the release that dropped it, not thirty days after its own', async () => {
    await send('Create', release(one))
    await send('Update', release(two), 300)
    await send('Update', release(three), 330)
    expect(scripts()).toEqual([`pages/${one}`, `pages/${two}`, `pages/${three}`])
    await send('Update', release(three), 330.1)
    expect(scripts()).toEqual([`pages/${two}`, `pages/${three}`])
    await send('Update', release(three), 361)
    expect(scripts()).toEqual([`pages/${three}`])
    expect(textOf('retired.json')).toBe('{}')
  })

  it('counts anew for a file that an older release brings back', async () => {
    await send('Create', release(one))
    await send('Update', release(two), 10)
    await send('Update', release(one), 11)
    expect(textOf('pages/index.html')).toBe(page(one))
    await send('Update', release(two), 45)
    expect(scripts()).toEqual([`pages/${one}`, `pages/${two}`])
  })

  it('leaves nothing behind when it is deleted, also of a bucket that is gone', async () => {
    await send('Create', release(one))
    await send('Update', release(two))
    await send('Delete', release(two))
    expect([...bucket.objects.keys()]).toEqual([])
    const gone = mockClient(S3Client)
    gone.on(ListObjectsV2Command).rejects(Object.assign(new Error('gone'), { name: 'NoSuchBucket' }))
    await expect(send('Delete', release(two))).resolves.toEqual({ PhysicalResourceId: 'web-release' })
    gone.restore()
  })

  it('leaves an empty bucket if it could not be created, since CloudFormation then sends no Delete', async () => {
    await expect(send('Create', { ...release(one), 'assets/z.unknown': '' })).rejects.toThrow('has no known media type')
    expect([...bucket.objects.keys()]).toEqual([])
  })

  it('leaves the page and all files of the last release if an update fails', async () => {
    await send('Create', release(one))
    await expect(send('Update', { ...release(two), 'assets/z.unknown': '' })).rejects.toThrow('has no known media type')
    expect(textOf('pages/index.html')).toBe(page(one))
    expect(scripts()).toContain(`pages/${one}`)
  })

  it('tells CloudFormation of a bucket that it cannot empty', async () => {
    await send('Create', release(one))
    const refusing = mockClient(S3Client)
    refusing.on(ListObjectsV2Command).resolves({ Contents: [{ Key: 'pages/index.html' }] })
    refusing.on(DeleteObjectCommand).rejects(Object.assign(new Error('Access Denied'), { name: 'AccessDenied' }))
    await expect(send('Delete', release(one))).rejects.toThrow('Access Denied')
    refusing.restore()
  })
})
