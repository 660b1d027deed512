import {
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
  type StackResourceDrift,
} from '@aws-sdk/client-cloudformation'
import { expect, it } from 'vitest'
import { drift } from '../../../bin/release/drift.ts'
import { runDrift } from '../../../bin/release/program.ts'
import { healthyAccount, settingsOf, trial } from './account.ts'

const names = ['nestegg-prod-api', 'nestegg-prod-database']

/** An account with two stacks, of which CloudFormation finds these differences. */
const withDrift = (drifts: Readonly<Record<string, readonly Partial<StackResourceDrift>[]>> = {}) => {
  const mocks = healthyAccount({ ...Object.fromEntries(names.map(name => [name, {}])), 'nestegg-dev-api': {} })
  for (const StackName of names) {
    mocks.cloudFormation
      .on(DetectStackDriftCommand, { StackName })
      .resolves({ StackDriftDetectionId: StackName })
      .on(DescribeStackDriftDetectionStatusCommand, { StackDriftDetectionId: StackName })
      .resolvesOnce({ DetectionStatus: 'DETECTION_IN_PROGRESS' })
      .resolves({ DetectionStatus: 'DETECTION_COMPLETE' })
      .on(DescribeStackResourceDriftsCommand, { StackName })
      .resolves({ StackResourceDrifts: (drifts[StackName] ?? []) as StackResourceDrift[] })
  }
  return mocks
}

const compare = async ({ tools, written }: ReturnType<typeof trial>) => ({
  code: await drift(tools, settingsOf('prod'), { pollMilliseconds: 1 }),
  ...written,
})

it('finds nothing in an environment that nobody has changed, and asks about its stacks only', async () => {
  const { cloudFormation } = withDrift()
  expect(await compare(trial({}))).toEqual({ code: 0, out: 'prod: Nothing differs in 2 of 2 stacks.\n', error: '' })
  expect(cloudFormation.commandCalls(DetectStackDriftCommand).map(({ args }) => args[0].input.StackName)).toEqual(names)
  expect(cloudFormation.commandCalls(DescribeStackDriftDetectionStatusCommand)).toHaveLength(4)
})

it('shows what differs, property by property', async () => {
  const resource = { LogicalResourceId: 'HttpApi', PhysicalResourceId: 'a1b2', ResourceType: 'AWS::ApiGatewayV2::Api' }
  const property = (
    DifferenceType: 'ADD' | 'REMOVE' | 'NOT_EQUAL',
    PropertyPath: string,
    ExpectedValue?: string,
    ActualValue?: string,
  ) => ({
    DifferenceType,
    PropertyPath,
    ExpectedValue,
    ActualValue,
  })
  withDrift({
    'nestegg-prod-api': [
      {
        ...resource,
        StackResourceDriftStatus: 'MODIFIED',
        PropertyDifferences: [
          property('NOT_EQUAL', '/Name', 'nestegg-prod', 'other'),
          property('ADD', '/Tags/0', undefined, 'x'.repeat(300)),
          property('REMOVE', '/CorsConfiguration', '{}'),
        ],
      },
      { ...resource, LogicalResourceId: 'Authorizer', StackResourceDriftStatus: 'DELETED' },
    ],
  })
  const { code, error, out } = await compare(trial({}))
  expect({ code, error }).toEqual({ code: 1, error: '' })
  expect(out.split('\n')).toEqual([
    'nestegg-prod-api',
    '  ~ HttpApi (AWS::ApiGatewayV2::Api, a1b2) was changed',
    '      /Name: nestegg-prod became other',
    `      /Tags/0: ${'x'.repeat(200)}… was added`,
    '      /CorsConfiguration: {} was removed',
    '  - Authorizer (AWS::ApiGatewayV2::Api, a1b2) was deleted',
    'prod: 2 resources differ in 2 of 2 stacks.',
    '',
  ])
})

it('reads all pages', async () => {
  const { cloudFormation } = withDrift()
  const drifts = [{ LogicalResourceId: 'A', StackResourceDriftStatus: 'DELETED' }] as StackResourceDrift[]
  cloudFormation
    .on(DescribeStackResourceDriftsCommand, { StackName: names[0] })
    .resolvesOnce({ StackResourceDrifts: drifts, NextToken: 'more' })
    .resolvesOnce({ StackResourceDrifts: drifts })
  expect(await compare(trial({}))).toMatchObject({ code: 1, out: expect.stringContaining('2 resources differ') })
})

it('compares the other stacks if one cannot be compared, and says so by its exit code', async () => {
  const { cloudFormation } = withDrift({ 'nestegg-prod-database': [{ LogicalResourceId: 'Key', StackResourceDriftStatus: 'MODIFIED' }] })
  cloudFormation
    .on(DescribeStackDriftDetectionStatusCommand, { StackDriftDetectionId: names[0] })
    .resolves({ DetectionStatus: 'DETECTION_FAILED', DetectionStatusReason: 'Failed to read HttpApi: AccessDenied' })
  const { code, error, out } = await compare(trial({}))
  expect({ code, error }).toEqual({ code: 4, error: 'nestegg-prod-api could not be compared: Failed to read HttpApi: AccessDenied\n' })
  expect(out).toContain('prod: 1 resource differs in 1 of 2 stacks.')
})

it('leaves out a stack that was never made, and waits for one that is being changed', async () => {
  const { cloudFormation } = healthyAccount({ 'nestegg-prod-api': { status: 'ROLLBACK_COMPLETE' } })
  expect(await compare(trial({}))).toMatchObject({ code: 0, out: 'prod: Nothing differs in 0 of 0 stacks.\n' })
  expect(cloudFormation.commandCalls(DetectStackDriftCommand)).toEqual([])
  healthyAccount({ 'nestegg-prod-api': { status: 'UPDATE_IN_PROGRESS' } })
  expect(await compare(trial({}))).toMatchObject({ code: 3, error: expect.stringContaining('nestegg-prod-api is being changed') })
})

it('refuses credentials of another account', async () => {
  withDrift()
  const { tools, written } = trial({}, { readSettings: name => ({ ...settingsOf(name), account: '999999999999' }) })
  expect(await runDrift(['prod'], tools)).toBe(3)
  expect(written.error).toContain('Nothing was compared')
})

it('names the environments for another argument, and ends with 4 if CloudFormation does not answer', async () => {
  const { cloudFormation } = withDrift()
  const { tools, written } = trial({})
  expect(await runDrift(['moon'], tools)).toBe(2)
  expect(written.error).toContain('dev, staging, prod')
  cloudFormation.rejects(new Error('Throttling'))
  expect(await runDrift(['prod'], tools)).toBe(4)
})
