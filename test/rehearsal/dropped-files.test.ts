import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeInstruments, startMarketPlatform } from '../lambdas/market/market-platform.ts'
import type { TestPlatform, TestUser } from '../support/platform.ts'
import { deployed } from './deployed.ts'
import { busEvent, targetsOf } from './event-bus.ts'
import { type Functions, startFunctions } from './functions.ts'
import { startObjectStore } from './stand-ins.ts'

const prod = await deployed('prod')
const bucket = prod.functionsOf('market/ingest-dropped-bars')[0]!.environment['BAR_DROP_BUCKET']!
const store = await startObjectStore()

let platform: TestPlatform
let user: TestUser
let functions: Functions
beforeAll(async () => {
  const market = await startMarketPlatform()
  ;({ platform, user } = market)
  await makeInstruments(market.admin, 'ONE')
  functions = startFunctions({ deployed: prod, database: platform.database, endpoints: { S3: store.url } })
})
afterAll(async () => {
  await functions.close()
  await platform.close()
  await store.close()
})

/** S3's event of a new object. Source: "EventBridge event message structure" in the S3 user guide. Its keys are not encoded. */
const objectCreated = (key: string, size: number, name = bucket) =>
  busEvent(prod, {
    source: 'aws.s3',
    'detail-type': 'Object Created',
    resources: [`arn:aws:s3:::${name}`],
    detail: {
      version: '0',
      bucket: { name },
      object: { key, size, etag: 'b1946ac92492d2347c6235b4d2611184', sequencer: '617f08299329d189' },
      'request-id': 'N4N7GDK58NMKJ12R',
      requester: prod.account,
      'source-ip-address': '192.0.2.1',
      reason: 'PutObject',
    },
  })

/** Puts a file into the bucket, and passes S3's event to the functions whose rules match it. */
const drop = async (key: string, content: string) => {
  store.objects.set(`${bucket}/${key}`, Buffer.from(content))
  const event = objectCreated(key, Buffer.byteLength(content))
  return Promise.all(targetsOf(prod, event).map(async ({ Arn }) => (await functions.invoke(Arn, event)).payload))
}
const reportOf = (key: string) => JSON.parse(Buffer.from(store.objects.get(`${bucket}/reports/${key}.json`)!).toString())
const closes = async () => {
  const { body } = await user.request('GET', '/v1/market/bars?symbols=ONE&timeframe=1d&limit=100')
  return body.items.map((bar: { close: string }) => Number(bar.close))
}

describe('the bucket of dropped files', () => {
  it('sends its events to EventBridge', () => {
    const { properties } = prod.resources('AWS::S3::Bucket').find(({ name }) => name === bucket)!
    expect(properties['NotificationConfiguration']).toEqual({ EventBridgeConfiguration: { EventBridgeEnabled: true } })
  })

  it('has a file of bars stored once, however often its event arrives', async () => {
    const file = 'Date,Open,High,Low,Close,Volume\n2026-01-05,10,11,9,10.5,100\n2026-01-06,10.5,12,10,11.25,200\n'
    expect(await drop('bars/1d/ONE.csv', file)).toMatchObject([{ status: 'stored', received: 2, stored: 2 }])
    expect(reportOf('1d/ONE.csv')).toMatchObject({ status: 'stored', stored: 2 })
    expect(await drop('bars/1d/ONE.csv', file)).toMatchObject([{ status: 'stored', received: 2, stored: 0, unchanged: 2 }])
    expect(await closes()).toEqual([10.5, 11.25])
  })

  it('has a file with any name stored', async () => {
    const rows = 'symbol,timeframe,time,open,high,low,close,volume\nONE,1d,2026-01-07,1,1,1,1,1\n'
    expect(await drop('bars/Jänner + Feber/1.csv', rows)).toMatchObject([{ status: 'stored', stored: 1 }])
    expect(reportOf('Jänner + Feber/1.csv')).toMatchObject({ status: 'stored', stored: 1 })
  })

  it('has its reports and the files elsewhere left alone', async () => {
    const others = [
      objectCreated('reports/1d/ONE.csv.json', 1),
      objectCreated('notes/ONE.csv', 1),
      objectCreated('bars/1d/ONE.csv', 1, 'another-bucket'),
      { ...objectCreated('bars/1d/ONE.csv', 1), 'detail-type': 'Object Deleted' },
    ]
    expect(others.flatMap(event => targetsOf(prod, event))).toEqual([])
  })

  it('has the event of a file that is gone fail, so that it is tried again', async () => {
    const event = objectCreated('bars/1d/GONE.csv', 10)
    const [target] = targetsOf(prod, event)
    expect(await functions.invoke(target!.Arn, event)).toMatchObject({ error: { errorType: 'NoSuchKey' } })
  })
})
