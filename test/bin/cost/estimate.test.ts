import { describe, expect, it } from 'vitest'
import { UnpricedResource } from '../../../bin/cost/resources.ts'
import { about, bill, cluster, everything, instance, integration, lambda, linesOf, schedule, stateMachine } from './trial-environment.ts'

const month = { requestsPerMonth: '1000000' }

describe('the database', () => {
  it('is at its minimum outside the hours with load, on each instance that can take over', () => {
    // (12 h x 730/24 = 365 h at 3 units, and 365 h at 2) x 2 instances = 3,650 units for an hour.
    const two = bill({ Cluster: cluster(2), Writer: instance(0), Reader: instance(1) })
    expect(about(two, '2 instances')).toEqual(['Aurora: 2 instances: 3650 x 0.12 = 438'])
  })

  it('leaves a reader of a later tier at the minimum', () => {
    // 365 x 3 + 365 x 2 + 730 x 2 = 3,285
    const two = bill({ Cluster: cluster(2), Writer: instance(0), Reader: instance(2) })
    expect(about(two, '2 instances')).toEqual(['Aurora: 2 instances: 3285 x 0.12 = 394.2'])
  })

  it('costs no capacity while it pauses, and is woken by each job', () => {
    const paused = { Cluster: cluster(0), Writer: instance(0) }
    expect(about(bill(paused, {}, { idle: true }), 'one instance')).toEqual([])
    // 31 nights, 20 s of work and 300 s of waiting: 9,920 s = 2.755556 h, at 3 units.
    const woken = { ...paused, Job: lambda(512), Nightly: schedule('Job', 'cron(0 3 * * ? *)') }
    expect(about(bill(woken, {}, { idle: true }), 'one instance')).toEqual(['Aurora: one instance: 8.266667 x 0.12 = 0.99200004'])
    const off = { ...woken, Nightly: schedule('Job', 'cron(0 3 * * ? *)', { State: 'DISABLED' }) }
    expect(about(bill(off, {}, { idle: true }), 'one instance')).toEqual([])
  })

  it('uses no more than its maximum, and is awake for no more than the month', () => {
    // 24 h at most 16 units: 730 x 16 = 11,680.
    const busy = bill({ Cluster: cluster(2), Writer: instance(0) }, { awakeHoursPerDay: '24', capacityUnitsWhileAwake: '64' })
    expect(about(busy, 'one instance')).toEqual(['Aurora: one instance: 11680 x 0.12 = 1401.6'])
  })

  it('stores data, backups and snapshots', () => {
    const stored = bill({ Cluster: cluster(2), Job: lambda(512, { Environment: { Variables: { KEPT_SNAPSHOTS: '10' } } }) }, month)
    // 20 GB; 20 x 0.02 x 7 days = 2.8 GB; 20 x 10 = 200 GB; a million requests with 20 each.
    expect(about(stored, 'data')).toEqual(['Aurora: data: 20 x 0.1 = 2'])
    expect(about(stored, 'continuous backup')).toEqual(['Aurora: continuous backup: 2.8 x 0.021 = 0.0588'])
    expect(about(stored, 'snapshots before migrations')).toEqual(['Aurora: snapshots before migrations: 200 x 0.021 = 4.2'])
    expect(about(stored, 'reads and writes of the storage')).toEqual(['Aurora: reads and writes of the storage: 20000000 x 0.0000002 = 4'])
    // 1,000,000 x 0.2 + 500 runs x (8 + 1) x 3 = 213,500
    expect(about(stored, 'calls of the Data API')).toEqual(['Aurora: calls of the Data API: 213500 x 0.00000035 = 0.074725'])
    expect(about(stored, 'password of the administrator')).toEqual(['Secrets Manager: password of the administrator: 1 x 0.4 = 0.4'])
  })

  const copyTo = (region: string, DeleteAfterDays: number) => ({
    DestinationBackupVaultArn: `arn:aws:backup:${region}:444444444444:backup-vault:nestegg`,
    Lifecycle: { DeleteAfterDays },
  })

  it('keeps backups of AWS Backup beyond the continuous ones, and copies', () => {
    const rule = {
      ScheduleExpression: 'cron(0 5 * * ? *)',
      Lifecycle: { DeleteAfterDays: 35 },
      CopyActions: [copyTo('us-west-2', 14), copyTo('us-east-2', 3)],
    }
    const backups = bill({ Cluster: cluster(2), Plan: ['AWS::Backup::BackupPlan', { BackupPlan: { BackupPlanRule: [rule] } }] })
    // (35 - 7) x 20 GB; 14 x 20 GB; 31 x 20 GB in a month.
    expect(about(backups, 'kept backups')).toEqual(['Aurora: kept backups: 560 x 0.021 = 11.76'])
    expect(about(backups, 'backups in the other Region')).toEqual(['Aurora: backups in the other Region: 280 x 0.021 = 5.88'])
    // In another account of the Region: 3 x 20 GB, and no transfer.
    expect(about(backups, 'backups in the other account')).toEqual(['Aurora: backups in the other account: 60 x 0.021 = 1.26'])
    expect(about(backups, 'backups copied to the other Region')).toEqual([
      'Data transfer: backups copied to the other Region: 620 x 0.02 = 12.4',
    ])
  })
})

describe('functions', () => {
  const routes = { Plain: lambda(512), PlainRoute: integration('Plain') }

  it('cost their memory for their time', () => {
    // 950,000 x 0.08 s x 0.5 GB = 38,000; no route simulates.
    expect(about(bill(routes, month), 'requests')).toEqual(['Lambda: requests: 38000 x 0.0000133334 = 0.5066692'])
    // 50,000 x 0.8 s x the mean of 1,024 and 3,072 MB = 80,000
    const simulating = { A: lambda(1024), ARoute: integration('A'), B: lambda(3072), BRoute: integration('B') }
    expect(about(bill({ ...routes, ...simulating }, month), 'requests that simulate')).toEqual([
      'Lambda: requests that simulate: 80000 x 0.0000133334 = 1.066672',
    ])
  })

  it('cost more on x86', () => {
    const x86 = { Plain: lambda(512, { Architectures: undefined }), PlainRoute: integration('Plain') }
    expect(about(bill(x86, month), 'requests')).toEqual(['Lambda: requests: 38000 x 0.0000166667 = 0.6333346'])
  })

  it('are found behind an alias', () => {
    const alias = {
      Plain: lambda(512),
      Version: ['AWS::Lambda::Version', { FunctionName: { Ref: 'Plain' } }],
      Live: ['AWS::Lambda::Alias', { FunctionName: { 'Fn::GetAtt': ['Version', 'FunctionName'] } }],
      PlainRoute: ['AWS::ApiGatewayV2::Integration', { IntegrationUri: { Ref: 'Live' } }],
    } as const
    expect(about(bill(alias, month), 'requests')).toEqual(about(bill(routes, month), 'requests'))
  })

  it('of jobs run as often as their schedules fire', () => {
    // 31 x 20 s x 1 GB and 730 x 20 s x 0.5 GB = 7,920
    const jobs = {
      Nightly: lambda(1024),
      Hourly: lambda(512),
      AtNight: schedule('Nightly', 'cron(15 3 * * ? *)'),
      EachHour: schedule('Hourly', 'rate(1 hour)'),
    }
    expect(about(bill(jobs), 'jobs')).toEqual(['Lambda: jobs: 7920 x 0.0000133334 = 0.105600528'])
    expect(about(bill(jobs), 'starts of jobs')).toEqual(['EventBridge: starts of jobs: 761 x 0.000001 = 0.000761'])
  })

  it('of large runs run once per part, and once per run', () => {
    const runs = { Part: lambda(3072), Merge: lambda(1024), Runs: stateMachine('Part', 'Merge') }
    // 500 x 8 x 20 s x 3 GB; 500 x 20 s x 1 GB; 500 x (8 x 1 + 2) states without a failure.
    expect(about(bill(runs), 'parts of large runs')).toEqual(['Lambda: parts of large runs: 240000 x 0.0000133334 = 3.200016'])
    expect(about(bill(runs), 'merges of large runs')).toEqual(['Lambda: merges of large runs: 10000 x 0.0000133334 = 0.133334'])
    expect(about(bill(runs), 'large runs')).toEqual(['Step Functions: large runs: 5000 x 0.000025 = 0.125'])
  })

  it('are traced once a second, and a twentieth beyond', () => {
    expect(about(bill(routes, { requestsPerMonth: '1000000', simulatingShare: '0' }), 'traces')).toEqual([
      'X-Ray: traces: 1000000 x 0.000005 = 5',
    ])
    // 730 x 3,600 = 2,628,000; (10,000,000 - 2,628,000) / 20 = 368,600
    expect(about(bill(routes, { requestsPerMonth: '10000000', simulatingShare: '0' }), 'traces')).toEqual([
      'X-Ray: traces: 2996600 x 0.000005 = 14.983',
    ])
    const untraced = { Plain: lambda(512, { TracingConfig: undefined }), PlainRoute: integration('Plain') }
    expect(about(bill(untraced, month), 'traces')).toEqual([])
  })
})

describe('services', () => {
  it('bill requests and responses of the API, or of the distribution before it', () => {
    // 1,000,000 x 8 KB = 8 GB
    expect(linesOf(bill({ Api: ['AWS::ApiGatewayV2::Api'] }, month))).toEqual([
      'API Gateway: requests: 1000000 x 0.000001 = 1',
      'Data transfer: responses: 8 x 0.09 = 0.72',
    ])
    const behind = bill(
      { Api: ['AWS::ApiGatewayV2::Api'], Edge: ['AWS::CloudFront::Distribution'], Rewrite: ['AWS::CloudFront::Function'] },
      month,
    )
    expect(linesOf(behind).toSorted()).toEqual([
      'API Gateway: requests: 1000000 x 0.000001 = 1',
      'CloudFront: functions at the edge: 1000000 x 0.0000001 = 0.1',
      'CloudFront: requests: 1000000 x 0.000001 = 1',
      'CloudFront: responses: 8 x 0.085 = 0.68',
    ])
  })

  it('bill a web ACL, its rules and what it inspects', () => {
    expect(linesOf(bill({ Acl: ['AWS::WAFv2::WebACL', { Rules: [{}, {}, {}] }] }, month))).toEqual([
      'WAF: web ACLs: 1 x 5 = 5',
      'WAF: rules: 3 x 1 = 3',
      'WAF: inspected requests: 1000000 x 0.0000006 = 0.6',
    ])
  })

  it('bill an alarm per metric that it reads, and metrics of our own once', () => {
    const own = { Namespace: 'Nestegg', MetricName: 'Refused', Dimensions: [{ Name: 'service', Value: 'planning' }] }
    const metric = (Namespace: string, MetricName: string) => ({ MetricStat: { Metric: { Namespace, MetricName } } })
    const alarms = {
      Direct: ['AWS::CloudWatch::Alarm', own],
      Again: ['AWS::CloudWatch::Alarm', own],
      Sum: [
        'AWS::CloudWatch::Alarm',
        { Metrics: [{ Expression: 'SUM(METRICS())' }, metric('AWS/Lambda', 'Errors'), metric('AWS/Lambda', 'Throttles')] },
      ],
    } as const
    expect(linesOf(bill(alarms))).toEqual([
      'CloudWatch: metrics of alarms: 4 x 0.1 = 0.4',
      'CloudWatch: metrics of our own, which alarms read: 1 x 0.3 = 0.3',
    ])
  })

  it('bill dashboards beyond the third, and the runs of canaries', () => {
    const dashboards = Object.fromEntries(['A', 'B', 'C', 'D', 'E'].map(id => [id, ['AWS::CloudWatch::Dashboard'] as const]))
    expect(linesOf(bill(dashboards))).toEqual(['CloudWatch: dashboards: 2 x 3 = 6'])
    const canary = {
      Probe: ['AWS::Synthetics::Canary', { Schedule: { Expression: 'rate(5 minutes)' }, RunConfig: { MemoryInMB: 1024 } }],
    } as const
    // 730 x 12 = 8,760 runs, of 10 s with 1 GB.
    expect(linesOf(bill(canary))).toEqual([
      'CloudWatch: canary Probe: 8760 x 0.0012 = 10.512',
      'Lambda: canary Probe: 87600 x 0.0000166667 = 1.46000292',
      'Lambda: canary Probe: 8760 x 0.0000002 = 0.001752',
    ])
  })

  it('bill what stands in the network by the hour', () => {
    const attached = {
      Free: ['AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' }],
      Billed: ['AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface', SubnetIds: ['one', 'two'] }],
    } as const
    expect(linesOf(bill(attached))).toEqual(['VPC: interface endpoints: 1460 x 0.01 = 14.6'])
  })

  it('bill users of a pool in the tier Essentials, and know no other tier', () => {
    const users = (UserPoolTier?: string) => about(bill({ Users: ['AWS::Cognito::UserPool', { UserPoolTier }] }), 'users who sign in')
    const line = 'Cognito: users who sign in: 1000 x 0.015 = 15'
    expect([users(), users('ESSENTIALS')]).toEqual([[line], [line]])
    expect(() => users('PLUS')).toThrow('has a tier without a price')
  })

  it('bill keys and secrets, which each call of the Data API uses', () => {
    const idle = bill({ One: ['AWS::KMS::Key'], Two: ['AWS::KMS::Key'], Secret: ['AWS::SecretsManager::Secret'] }, {}, { idle: true })
    expect(linesOf(idle)).toEqual(['KMS: keys: 2 x 1 = 2', 'Secrets Manager: secrets: 1 x 0.4 = 0.4'])
  })
})

describe('a bill', () => {
  it('adds up exactly, with the dearest first', () => {
    const all = bill(everything)
    const sums = all.services.map(({ lines }) => lines.reduce((sum, { dollars }) => sum.plus(dollars), all.dollars.times(0)))
    expect(all.services.map(({ dollars }) => dollars.toFixed())).toEqual(sums.map(sum => sum.toFixed()))
    expect(all.dollars.toFixed()).toBe(sums.reduce((one, other) => one.plus(other)).toFixed())
    for (const items of [all.services, ...all.services.map(({ lines }) => lines)]) {
      const order = items.map(({ dollars }) => dollars.toNumber())
      expect(order).toEqual(order.toSorted((one, other) => other - one))
    }
  })

  it.each([
    ['a type that nobody has priced', { Fleet: ['AWS::EC2::SpotFleet'] }],
    ['provisioned concurrency', { Live: ['AWS::Lambda::Alias', { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 } }] }],
    ['a scheduled rule', { Rule: ['AWS::Events::Rule', { ScheduleExpression: 'rate(1 hour)' }] }],
    ['an instance that is not serverless', { Cluster: cluster(2), Large: ['AWS::RDS::DBInstance', { DBInstanceClass: 'db.r8g.large' }] }],
    ['storage with another price', { Cluster: cluster(2, { StorageType: 'aurora-iopt1' }) }],
    ['insights that are kept for longer', { Cluster: cluster(2, { PerformanceInsightsRetentionPeriod: 731 }) }],
    ['temporary storage', { Large: lambda(512, { EphemeralStorage: { Size: 10_240 } }) }],
    [
      'two architectures for the same work',
      { A: lambda(512), AR: integration('A'), B: lambda(512, { Architectures: ['x86_64'] }), BR: integration('B') },
    ],
    ['another tier', { Users: ['AWS::Cognito::UserPool', { UserPoolTier: 'GOLD' }] }],
    ['a load balancer of endpoints', { Endpoint: ['AWS::EC2::VPCEndpoint', { VpcEndpointType: 'GatewayLoadBalancer' }] }],
    [
      'backups that are kept forever',
      { Plan: ['AWS::Backup::BackupPlan', { BackupPlan: { BackupPlanRule: [{ ScheduleExpression: 'rate(1 day)' }] } }] },
    ],
  ] as const)('is refused for %s', (_, trial) => {
    expect(() => bill(trial)).toThrow(UnpricedResource)
  })
})
