import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../lib/temporary-folder.ts'
import { someWebFiles, webRelease } from '../support/web-release.ts'
import { type CloudFormation, startCloudFormation } from './custom-resource.ts'
import { deployed } from './deployed.ts'
import { startFunctions } from './functions.ts'
import { type ObjectStoreStandIn, startObjectStore } from './stand-ins.ts'

const prod = await deployed('prod')
const resourceType = 'Custom::WebRelease'
const [resource] = prod.resources(resourceType)
const bucket = String(resource!.properties['bucket'])
const PhysicalResourceId = 'web-release'
const update = { RequestType: 'Update', PhysicalResourceId, OldResourceProperties: resource!.properties } as const

/** The files that Lambda unpacks from the layer. */
let webFolder = webRelease()
let store: ObjectStoreStandIn
let cloudFormation: CloudFormation

beforeAll(async () => {
  store = await startObjectStore()
  cloudFormation = await startCloudFormation({
    release: prod,
    resourceType,
    start: (release, endpoints, added) =>
      startFunctions({
        deployed: release,
        // The publisher knows no database.
        database: {
          location: { host: 'nowhere', port: 1, database: '', authentication: { kind: 'password-file', path: temporaryFolder() } },
        },
        endpoints: { ...endpoints, S3: store.url },
        replaced: { WEB_FOLDER: webFolder },
        added,
      }),
  })
})
afterAll(async () => {
  await cloudFormation.close()
  await store.close()
})

/** A later release: the function has another layer. */
const release = async (files: Readonly<Record<string, string>>): Promise<void> => {
  webFolder = webRelease(files)
  await cloudFormation.deploy(prod)
}
const files = () => [...store.objects.keys()].map(name => name.replace(`${bucket}/`, '')).toSorted()
const published = Object.keys(someWebFiles).map(file => `pages/${file}`)
const later = { 'index.html': '<!doctype html>', 'assets/app-9.js': 'export const release = 2' }

describe('the resource of the web application', { timeout: 60_000 }, () => {
  it('publishes all files when it is created, although S3 is slow at first', async () => {
    store.slowDowns = 3
    expect(await cloudFormation.send({ RequestType: 'Create' })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId })
    expect(store.slowDowns).toBe(0)
    expect(files()).toEqual([...published, 'retired.json'].toSorted())
  })

  it('adds a later release, and keeps the files of the one before', async () => {
    await release(later)
    expect(await cloudFormation.send(update)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId })
    expect(files()).toEqual([...published, 'pages/assets/app-9.js', 'retired.json'].toSorted())
    expect(String(store.objects.get(`${bucket}/pages/index.html`))).toBe('<!doctype html>')
  })

  it('says why it fails, and can be rolled back', async () => {
    store.refuses = request => request.startsWith('PUT') && request.endsWith('/index.html')
    expect(await cloudFormation.send(update)).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId,
      Reason: expect.stringContaining('AccessDenied'),
    })
    store.refuses = () => false
    await release(someWebFiles)
    expect(await cloudFormation.send(update)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId })
    expect(String(store.objects.get(`${bucket}/pages/index.html`))).toBe(someWebFiles['index.html'])
  })

  it('leaves an empty bucket when it is deleted', async () => {
    expect(await cloudFormation.send({ RequestType: 'Delete', PhysicalResourceId })).toMatchObject({ Status: 'SUCCESS' })
    expect(files()).toEqual([])
  })

  it('that could not be created leaves an empty bucket, and is deleted without a call', async () => {
    store.refuses = request => request.startsWith('PUT') && request.endsWith('/index.html')
    const failed = await cloudFormation.send({ RequestType: 'Create' })
    expect(failed.Status).toBe('FAILED')
    expect(files()).toEqual([])
    const removed = await cloudFormation.send({ RequestType: 'Delete', PhysicalResourceId: failed.PhysicalResourceId })
    expect(removed.Status).toBe('SUCCESS')
  })
})
