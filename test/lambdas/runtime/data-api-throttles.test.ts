import { DatabaseResumingException, ExecuteStatementCommand, RDSDataClient, RDSDataServiceException } from '@aws-sdk/client-rds-data'
import { mockClient } from 'aws-sdk-client-mock'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { databaseFunctions } from '../../../lambdas/runtime/database-functions.ts'

const dataApi = mockClient(RDSDataClient)
afterAll(() => dataApi.restore())

let written: string[]
beforeEach(() => {
  dataApi.reset()
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false')
  vi.stubEnv('NESTEGG_ENVIRONMENT', 'staging')
  vi.stubEnv('DATA_API_CLUSTER_ARN', 'arn:aws:rds:us-east-2:123456789012:cluster:nestegg')
  vi.stubEnv('RUN_FUNCTIONS_SECRET_ARN', 'arn:aws:secretsmanager:us-east-2:123456789012:secret:runs')
  written = []
  vi.spyOn(process.stdout, 'write').mockImplementation(text => written.push(String(text)) > 0)
  return () => {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
  }
})

const answer = { records: [[{ stringValue: '{"failed":true}' }]] }
const call = () => databaseFunctions('runs').call('planning.fail_run', {}, { idempotent: true })

test('a call that the Data API refuses for their number is sent again and counted, in the dimensions that the alarm reads', async () => {
  const refusal = new RDSDataServiceException({ name: 'ThrottlingException', $fault: 'client', $metadata: {}, message: 'Rate exceeded' })
  dataApi.on(ExecuteStatementCommand).rejectsOnce(refusal).resolves(answer)
  expect(await call()).toEqual({ failed: true })
  const [metric, ...others] = written.flatMap(line =>
    line.includes('DataApiThrottles') ? [JSON.parse(line) as Record<string, unknown>] : [],
  )
  expect(others).toEqual([])
  expect(metric).toMatchObject({
    DataApiThrottles: 1,
    environment: 'staging',
    service: 'nestegg',
    _aws: {
      CloudWatchMetrics: [
        { Namespace: 'Nestegg', Dimensions: [['service', 'environment']], Metrics: [{ Name: 'DataApiThrottles', Unit: 'Count' }] },
      ],
    },
  })
})

test('a call that waits for a paused database is not counted', async () => {
  const resuming = new DatabaseResumingException({ $metadata: {}, message: 'resuming' })
  dataApi.on(ExecuteStatementCommand).rejectsOnce(resuming).resolves(answer)
  expect(await call()).toEqual({ failed: true })
  expect(written.join('')).not.toContain('DataApiThrottles')
})
