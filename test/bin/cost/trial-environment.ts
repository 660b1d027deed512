import type { LoadChanges } from '../../../bin/cost/load.ts'
import { type Estimate, estimate } from '../../../bin/cost/estimate.ts'
import { loadOf } from '../../../bin/cost/load.ts'
import { pricedRegion, prices } from '../../../bin/cost/prices.ts'
import { readResources } from '../../../bin/cost/resources.ts'

type Properties = Readonly<Record<string, unknown>>
/** Resources of a stack: type and properties by logical id. */
export type Trial = Readonly<Record<string, readonly [type: string, properties?: Properties]>>

const reference = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] })

export const lambda = (MemorySize: number, more: Properties = {}) =>
  ['AWS::Lambda::Function', { MemorySize, Architectures: ['arm64'], TracingConfig: { Mode: 'Active' }, ...more }] as const

export const integration = (id: string) => ['AWS::ApiGatewayV2::Integration', { IntegrationUri: reference(id) }] as const

export const schedule = (id: string, expression: string, more: Properties = {}) =>
  ['AWS::Scheduler::Schedule', { ScheduleExpression: expression, State: 'ENABLED', Target: { Arn: reference(id) }, ...more }] as const

export const cluster = (MinCapacity: number, more: Properties = {}) =>
  [
    'AWS::RDS::DBCluster',
    {
      BackupRetentionPeriod: 7,
      EnableHttpEndpoint: true,
      ManageMasterUserPassword: true,
      ServerlessV2ScalingConfiguration: { MinCapacity, MaxCapacity: 16, SecondsUntilAutoPause: 300 },
      ...more,
    },
  ] as const

export const instance = (PromotionTier: number) => ['AWS::RDS::DBInstance', { DBInstanceClass: 'db.serverless', PromotionTier }] as const

export const logGroup = (RetentionInDays: number) => ['AWS::Logs::LogGroup', { RetentionInDays }] as const

export const stateMachine = (part: string, merge: string) =>
  [
    'AWS::StepFunctions::StateMachine',
    {
      DefinitionString: {
        'Fn::Join': [
          '',
          [
            '{"StartAt":"Parts","States":{"Parts":{"Type":"Map","Next":"Merge","ItemProcessor":{"StartAt":"Part","States":{"Part":{"Type":"Task","End":true,"Resource":"',
            reference(part),
            '"}}}},"Merge":{"Type":"Task","End":true,"Catch":[{"ErrorEquals":["States.ALL"],"Next":"Fail"}],"Resource":"',
            reference(merge),
            '"},"Fail":{"Type":"Fail"}}}',
          ],
        ],
      },
    },
  ] as const

/** An environment with one of each kind of thing that is billed. */
export const everything: Trial = {
  Api: ['AWS::ApiGatewayV2::Api'],
  Plain: lambda(512),
  PlainIntegration: integration('Plain'),
  Simulating: lambda(2048),
  SimulatingIntegration: integration('Simulating'),
  Job: lambda(1024, { Environment: { Variables: { KEPT_SNAPSHOTS: '5' } } }),
  Nightly: schedule('Job', 'cron(15 3 * * ? *)'),
  Part: lambda(3072),
  Merge: lambda(1024),
  Runs: stateMachine('Part', 'Merge'),
  Cluster: cluster(2),
  Writer: instance(0),
  Key: ['AWS::KMS::Key'],
  Secret: ['AWS::SecretsManager::Secret'],
  Users: ['AWS::Cognito::UserPool', { UserPoolTier: 'ESSENTIALS' }],
  Topic: ['AWS::SNS::Topic'],
  Files: ['AWS::S3::Bucket'],
  Logs: logGroup(73),
  FlowLog: ['AWS::EC2::FlowLog'],
  Alarm: ['AWS::CloudWatch::Alarm', { Namespace: 'AWS/Lambda', MetricName: 'Errors' }],
  WebAcl: ['AWS::WAFv2::WebACL', { Rules: [{}, {}] }],
  FrontLogs: ['AWS::Logs::Delivery'],
  Canary: ['AWS::Synthetics::Canary', { Schedule: { Expression: 'rate(5 minutes)' } }],
}

/** The template of a stack. */
export const templateOf = (trial: Trial): string =>
  JSON.stringify({
    Resources: Object.fromEntries(Object.entries(trial).map(([id, [Type, Properties = {}]]) => [id, { Type, Properties }])),
  })

/** The bill of resources for the stated load of prod, with changes. */
export const bill = (trial: Trial, changes: LoadChanges = {}, options: { readonly idle: boolean } = { idle: false }): Estimate =>
  estimate(readResources(new Map([['trial', templateOf(trial)]]), pricedRegion), loadOf('prod', { ...options, changes }), prices)

/** The lines of a bill as texts: `Service: what: quantity x price = dollars`. */
export const linesOf = ({ services }: Estimate): string[] =>
  services.flatMap(({ lines }) =>
    lines.map(({ what, quantity, price, dollars }) => {
      const [times, unitPrice, product] = [quantity.toFixed(), price.dollars.toFixed(), dollars.toFixed()]
      return `${price.service}: ${what}: ${times} x ${unitPrice} = ${product}`
    }),
  )

/** The lines about one thing. */
export const about = (estimate: Estimate, what: string): string[] => linesOf(estimate).filter(line => line.includes(`: ${what}:`))
