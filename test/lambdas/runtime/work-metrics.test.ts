import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startTestPlatform, type TestPlatform } from '../../support/platform.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startTestPlatform()
})
afterAll(() => platform.close())

it.each([
  ['GET', '/health', 'operations/get-health', 0, 0],
  ['GET', '/problems/unknown', 'operations/get-problem', 1, 0],
  ['GET', '/ready', 'operations/get-readiness', 0, 1],
] as const)('%s %s is published by domain and environment, with its route as a property', async (method, path, route, refused, failed) => {
  const administrator = platform.database.connect('postgres')
  if (failed === 1) await administrator.unsafe('alter function operations.begin_request(jsonb) rename to gone')
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false')
  const written: string[] = []
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation(text => written.push(String(text)) > 0)
  await platform.request(method, path)
  spy.mockRestore()
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true')
  if (failed === 1) await administrator.unsafe('alter function operations.gone(jsonb) rename to begin_request')
  const lines = written.filter(line => line.includes('RequestMilliseconds')).map(line => JSON.parse(line) as Record<string, unknown>)
  expect(lines).toMatchObject([
    { route, environment: 'local', RequestMilliseconds: expect.any(Number), RequestsRefused: refused, RequestsFailed: failed },
  ])
  expect(lines[0]).toMatchObject({ _aws: { CloudWatchMetrics: [{ Namespace: 'Nestegg', Dimensions: [['service', 'environment']] }] } })
})
