import * as z from 'zod'
import { pagesFolder } from '../../lambdas/runtime/web-files.ts'
import type { Call } from './access.ts'
import { backups, callsOfOperation, restoreTests } from './backup-calls.ts'
import type { Deployed, DeployedResource } from './deployed.ts'

/** A call that a service makes for the environment, as itself or with a role of it. */
export type ServiceCall = readonly [principal: string, call: Call]

const text = z.string()
const deadLetter = z.object({ Arn: text }).optional()
const alarm = z.object({ AlarmActions: z.array(text).min(1) })
const schedule = z.object({ Target: z.object({ Arn: text, RoleArn: text, DeadLetterConfig: deadLetter }) })
const rule = z.object({ Targets: z.array(z.object({ Arn: text, RoleArn: text.optional(), DeadLetterConfig: deadLetter })) })
const route = z.object({ ApiId: text, RouteKey: text, Target: text })
const stateMachine = z.object({
  RoleArn: text,
  DefinitionString: text,
  LoggingConfiguration: z.unknown().optional(),
  TracingConfiguration: z.object({ Enabled: z.boolean() }).optional(),
})
const flowLog = z.object({ DeliverLogsPermissionArn: text, LogGroupName: text })

const sourceOf = ({ account }: Deployed, { arn }: DeployedResource): Record<string, string> => ({
  'aws:SourceArn': arn!,
  'aws:SourceAccount': account,
})

/** A service takes a role for a resource. */
const takesRole = (service: string, roleArn: string, deployed: Deployed, resource: DeployedResource): ServiceCall => [
  service,
  { action: 'sts:AssumeRole', on: roleArn, context: sourceOf(deployed, resource) },
]

/** https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger, and cloudwatch-configure-alarm-sns for the key */
const alarms = (deployed: Deployed): ServiceCall[] =>
  deployed.resources('AWS::CloudWatch::Alarm').flatMap(resource =>
    alarm.parse(resource.properties).AlarmActions.flatMap((topic): ServiceCall[] => {
      const key = deployed.byArn(topic).properties['KmsMasterKeyId']
      const encrypted = typeof key === 'string' ? ['kms:Decrypt', 'kms:GenerateDataKey'] : []
      return [
        ['cloudwatch.amazonaws.com', { action: 'sns:Publish', on: topic, context: sourceOf(deployed, resource) }],
        ...encrypted.map(action => ['cloudwatch.amazonaws.com', { action, on: String(key) }] as const),
      ]
    }),
  )

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html#setting-up-execution-role */
const schedules = (deployed: Deployed): ServiceCall[] =>
  deployed.resources('AWS::Scheduler::Schedule').flatMap((resource): ServiceCall[] => {
    const { Arn, DeadLetterConfig, RoleArn } = schedule.parse(resource.properties).Target
    return [
      takesRole('scheduler.amazonaws.com', RoleArn, deployed, resource),
      [RoleArn, { action: 'lambda:InvokeFunction', on: Arn }],
      ...(DeadLetterConfig ? [[RoleArn, { action: 'sqs:SendMessage', on: DeadLetterConfig.Arn }] as const] : []),
    ]
  })

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html, eb-rule-dlq.html */
const rules = (deployed: Deployed): ServiceCall[] =>
  deployed.resources('AWS::Events::Rule').flatMap(resource =>
    rule.parse(resource.properties).Targets.flatMap(({ Arn, DeadLetterConfig, RoleArn }): ServiceCall[] => {
      const context = sourceOf(deployed, resource)
      return [
        ...(RoleArn === undefined
          ? [['events.amazonaws.com', { action: 'lambda:InvokeFunction', on: Arn, context }] as const]
          : [
              takesRole('events.amazonaws.com', RoleArn, deployed, resource),
              [RoleArn, { action: 'states:StartExecution', on: Arn }] as const,
            ]),
        ...(DeadLetterConfig ? [['events.amazonaws.com', { action: 'sqs:SendMessage', on: DeadLetterConfig.Arn, context }] as const] : []),
      ]
    }),
  )

/** What the states of a definition call: functions and operations of APIs; and whether one of them is a distributed map. */
const usedBy = (definition: unknown) => {
  const functions: string[] = []
  const operations: { operation: string; parameters: unknown }[] = []
  let isDistributed = false
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const { Mode, Parameters, Resource } = value as Record<string, unknown>
    const [, operation] = /^arn:aws:states:::(?:aws-sdk:)?(.+)$/.exec(String(Resource)) ?? []
    if (operation !== undefined) operations.push({ operation, parameters: Parameters })
    else if (typeof Resource === 'string') functions.push(Resource)
    if (Mode === 'DISTRIBUTED') isDistributed = true
    for (const inner of Object.values(value)) visit(inner)
  }
  visit(definition)
  return { functions, operations, isDistributed }
}

const logDelivery = ['CreateLogDelivery', 'GetLogDelivery', 'UpdateLogDelivery', 'DeleteLogDelivery', 'ListLogDeliveries']
  .concat('PutResourcePolicy', 'DescribeResourcePolicies', 'DescribeLogGroups')
  .map(action => `logs:${action}`)
const tracing = ['PutTraceSegments', 'PutTelemetryRecords', 'GetSamplingRules', 'GetSamplingTargets'].map(action => `xray:${action}`)

/**
 * https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html, cw-logs.html, xray-iam.html. A distributed map starts
 * executions of its own state machine.
 */
const stateMachines = (deployed: Deployed): ServiceCall[] =>
  deployed.resources('AWS::StepFunctions::StateMachine').flatMap((resource): ServiceCall[] => {
    const { arn, properties } = resource
    const { DefinitionString, LoggingConfiguration, RoleArn, TracingConfiguration } = stateMachine.parse(properties)
    const { functions, isDistributed, operations } = usedBy(JSON.parse(DefinitionString))
    const execution = `${arn!.replace(':stateMachine:', ':execution:')}:01900000-0000-7000-8000-000000000000`
    const calls: Call[] = [
      ...functions.map(on => ({ action: 'lambda:InvokeFunction', on })),
      ...operations.flatMap(each => callsOfOperation(deployed, each)),
      ...(isDistributed
        ? [
            { action: 'states:StartExecution', on: arn! },
            { action: 'states:DescribeExecution', on: execution },
            { action: 'states:StopExecution', on: execution },
          ]
        : []),
      ...(LoggingConfiguration === undefined ? [] : logDelivery.map(action => ({ action, on: '*' }))),
      ...(TracingConfiguration?.Enabled ? tracing.map(action => ({ action, on: '*' })) : []),
    ]
    return [takesRole('states.amazonaws.com', RoleArn, deployed, resource), ...calls.map(call => [RoleArn, call] as const)]
  })

/** The call of a route's function, by the method and the path of the route. */
export const callOfRoute = (deployed: Deployed, { properties }: DeployedResource): ServiceCall => {
  const { ApiId, RouteKey, Target } = route.parse(properties)
  const integration = deployed.resources('AWS::ApiGatewayV2::Integration').find(({ name }) => Target === `integrations/${name}`)
  if (integration === undefined) throw new Error(`The route ${RouteKey} has no integration.`)
  const source = `arn:aws:execute-api:${deployed.region}:${deployed.account}:${ApiId}/$default/${RouteKey.replace(' ', '')}`
  const on = text.parse(integration.properties['IntegrationUri'])
  return ['apigateway.amazonaws.com', { action: 'lambda:InvokeFunction', on, context: { 'aws:SourceArn': source } }]
}

const userPools = (deployed: Deployed): ServiceCall[] =>
  deployed.resources('AWS::Cognito::UserPool').flatMap(resource =>
    z
      .array(text)
      .parse(Object.values(resource.properties['LambdaConfig'] ?? {}).filter(value => typeof value === 'string'))
      .map(on => ['cognito-idp.amazonaws.com', { action: 'lambda:InvokeFunction', on, context: sourceOf(deployed, resource) }] as const),
  )

const lambdas = (deployed: Deployed): ServiceCall[] =>
  deployed.functions().map(({ arn, roleArn }) => takesRole('lambda.amazonaws.com', roleArn, deployed, deployed.byArn(arn)))

/** https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html; its log group exists already. */
const flowLogs = (deployed: Deployed): ServiceCall[] =>
  deployed.resources('AWS::EC2::FlowLog').flatMap((resource): ServiceCall[] => {
    const { DeliverLogsPermissionArn, LogGroupName } = flowLog.parse(resource.properties)
    const group = `arn:aws:logs:${deployed.region}:${deployed.account}:log-group:${LogGroupName}`
    return [
      takesRole('vpc-flow-logs.amazonaws.com', DeliverLogsPermissionArn, deployed, resource),
      [DeliverLogsPermissionArn, { action: 'logs:CreateLogStream', on: `${group}:log-stream:eni-0` }],
      [DeliverLogsPermissionArn, { action: 'logs:PutLogEvents', on: `${group}:log-stream:eni-0` }],
    ]
  })

const canary = z.object({ Name: text, ExecutionRoleArn: text, ArtifactS3Location: text.startsWith('s3://') })

/**
 * A canary is a function that Synthetics makes, and that takes the role.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_CanaryPermissions.html
 */
const canaries = (deployed: Deployed): ServiceCall[] =>
  deployed.resources('AWS::Synthetics::Canary').flatMap((resource): ServiceCall[] => {
    const { ArtifactS3Location, ExecutionRoleArn, Name } = canary.parse(resource.properties)
    const [bucket = '', ...prefix] = ArtifactS3Location.replace('s3://', '').split('/')
    const artifact = `arn:aws:s3:::${[bucket, ...prefix].join('/')}/canary/us-east-2/run.json`
    const group = `arn:aws:logs:${deployed.region}:${deployed.account}:log-group:/aws/lambda/cwsyn-${Name}-01900000`
    const calls: Call[] = [
      { action: 's3:PutObject', on: artifact },
      { action: 's3:GetObject', on: artifact },
      { action: 's3:GetBucketLocation', on: `arn:aws:s3:::${bucket}` },
      { action: 's3:ListAllMyBuckets', on: '*' },
      { action: 'logs:CreateLogGroup', on: group },
      { action: 'logs:CreateLogStream', on: `${group}:log-stream:2026` },
      { action: 'logs:PutLogEvents', on: `${group}:log-stream:2026` },
      { action: 'cloudwatch:PutMetricData', on: '*', context: { 'cloudwatch:namespace': 'CloudWatchSynthetics' } },
    ]
    return [
      takesRole('lambda.amazonaws.com', ExecutionRoleArn, deployed, resource),
      ...calls.map((call): ServiceCall => [ExecutionRoleArn, call]),
    ]
  })

const delivery = z.object({ DeliverySourceName: text, DeliveryDestinationArn: text })

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-CloudWatchLogs.html */
const deliveries = (deployed: Deployed): ServiceCall[] =>
  deployed.resources('AWS::Logs::Delivery').flatMap(({ properties }): ServiceCall[] => {
    const { DeliveryDestinationArn, DeliverySourceName } = delivery.parse(properties)
    const source = deployed.resources('AWS::Logs::DeliverySource').find(({ name }) => name === DeliverySourceName)!
    const group = text.parse(deployed.byArn(DeliveryDestinationArn).properties['DestinationResourceArn']).replace(/:\*$/, '')
    return ['logs:CreateLogStream', 'logs:PutLogEvents'].map(action => [
      'delivery.logs.amazonaws.com',
      { action, on: `${group}:log-stream:one`, context: sourceOf(deployed, source) },
    ])
  })

/** CloudFront reads the files of the web application as itself. */
const webFiles = (deployed: Deployed): ServiceCall[] =>
  deployed.resources('AWS::CloudFront::Distribution').map((resource): ServiceCall => {
    const bucket = deployed.resources('AWS::S3::Bucket').find(({ stack }) => stack === resource.stack)!
    const call = { action: 's3:GetObject', on: `${bucket.arn}/${pagesFolder}/index.html`, context: sourceOf(deployed, resource) }
    return ['cloudfront.amazonaws.com', call]
  })

/** The functions of CDK's provider framework call those that their variables name. */
const providers = (deployed: Deployed): ServiceCall[] =>
  deployed
    .functions()
    .filter(({ domain }) => domain === undefined)
    .flatMap(({ environment, roleArn }) =>
      Object.entries(environment).flatMap(([name, on]): ServiceCall[] => {
        if (name === 'WAITER_STATE_MACHINE_ARN') return [[roleArn, { action: 'states:StartExecution', on }]]
        return name.startsWith('USER_') ? [[roleArn, { action: 'lambda:InvokeFunction', on }]] : []
      }),
    )

const deploymentGroup = z.object({
  ServiceRoleArn: text,
  AlarmConfiguration: z.object({ Alarms: z.array(z.object({ Name: text })).min(1) }),
})

/** The rights of CodeDeploy's managed policy for Lambda, without those for hooks and topics: AWSCodeDeployRoleForLambdaLimited. */
const releases = (deployed: Deployed): ServiceCall[] => {
  const groups = deployed.resources('AWS::CodeDeploy::DeploymentGroup')
  const roles = new Map(groups.map(each => [deploymentGroup.parse(each.properties).ServiceRoleArn, each]))
  const functionOf = (alias: DeployedResource) => alias.arn!.replace(/:[^:]+$/, '')
  return [...roles].flatMap(([roleArn, group]): ServiceCall[] => [
    takesRole('codedeploy.amazonaws.com', roleArn, deployed, group),
    [roleArn, { action: 'cloudwatch:DescribeAlarms', on: '*' }],
    ...deployed
      .resources('AWS::Lambda::Alias')
      .filter(({ stack }) => stack === group.stack)
      .flatMap(alias => ['lambda:GetAlias', 'lambda:UpdateAlias'].map(action => [roleArn, { action, on: functionOf(alias) }] as const)),
  ])
}

/** Every call of one service to another that the environment depends on. */
export const serviceCalls: readonly {
  readonly what: string
  readonly least: number
  readonly calls: (deployed: Deployed) => ServiceCall[]
}[] = [
  { what: 'Lambda takes the roles of the functions', least: 100, calls: lambdas },
  {
    what: 'API Gateway calls the function of each route',
    least: 100,
    calls: deployed => deployed.resources('AWS::ApiGatewayV2::Route').map(each => callOfRoute(deployed, each)),
  },
  { what: 'CloudWatch publishes alarms to the encrypted topic', least: 60, calls: alarms },
  { what: 'EventBridge Scheduler calls the jobs and keeps failed events', least: 20, calls: schedules },
  { what: 'EventBridge calls the targets of rules and keeps failed events', least: 2, calls: rules },
  { what: 'Step Functions calls the tasks, starts the shards, logs and traces', least: 15, calls: stateMachines },
  { what: 'CodeDeploy reads alarms and moves requests to new versions', least: 200, calls: releases },
  { what: 'Cognito calls its triggers', least: 0, calls: userPools },
  { what: 'The VPC writes its flow logs', least: 3, calls: flowLogs },
  { what: 'The canary keeps its results, logs, and reports metrics', least: 9, calls: canaries },
  { what: 'AWS Backup takes snapshots of the cluster and copies them', least: 20, calls: backups },
  { what: 'AWS Backup restores snapshots into clusters for tests', least: 10, calls: restoreTests },
  { what: 'CloudFront writes its access log', least: 2, calls: deliveries },
  { what: 'CloudFront reads the files of the web application', least: 1, calls: webFiles },
  { what: "CDK's providers call the migrators and the publisher, and start the waiter", least: 8, calls: providers },
]
