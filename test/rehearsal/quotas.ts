import {
  alarmPeriod,
  alarmWindow,
  backupPlan,
  bytesOf,
  count,
  deploymentGroup,
  docs,
  each,
  eachFunction,
  exportedTwice,
  length,
  list,
  number,
  ofDashboards,
  placeOf,
  routeFunctions,
  sizeOfPolicy,
  target,
  window,
  type Quota,
} from './measures.ts'

const cloudFormation = `${docs}/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html`
const httpApi = `${docs}/apigateway/latest/developerguide/http-api-quotas.html`
const iam = `${docs}/IAM/latest/UserGuide/reference_iam-quotas.html`
const lambda = `${docs}/lambda/latest/dg/gettingstarted-limits.html`
const createFunction = `${docs}/lambda/latest/api/API_CreateFunction.html`
const scheduler = `${docs}/scheduler/latest/UserGuide/scheduler-quotas.html`
const schedule = `${docs}/scheduler/latest/APIReference/API_RetryPolicy.html`
const putAlarm = `${docs}/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html`
const eventBridge = `${docs}/eventbridge/latest/userguide/eb-quota.html`
const queues = `${docs}/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html`
const stepFunctions = `${docs}/step-functions/latest/dg/service-quotas.html`
const cloudWatch = `${docs}/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html`
const backup = `${docs}/aws-backup/latest/devguide/aws-backup-limits.html`
const vpc = `${docs}/vpc/latest/userguide/amazon-vpc-limits.html`

export const quotas: readonly Quota[] = [
  {
    what: 'resources of a stack',
    atMost: 500,
    source: cloudFormation,
    measure: ({ stacks }) => stacks.map(({ name, template }) => [name, Object.keys(template.Resources).length]),
  },
  {
    what: 'outputs of a stack',
    atMost: 200,
    source: cloudFormation,
    measure: ({ stacks }) => stacks.map(({ name, template }) => [name, Object.keys(template.Outputs).length]),
  },
  {
    what: 'bytes of a template in S3',
    atMost: 1_048_576,
    source: cloudFormation,
    measure: ({ stacks }) => stacks.map(({ name, templateBytes }) => [name, templateBytes]),
  },
  {
    what: 'characters of a stack name',
    atMost: 128,
    source: cloudFormation,
    measure: ({ stacks }) => stacks.map(({ name }) => [name, name.length]),
  },
  {
    what: 'exports with a name that is taken',
    atMost: 0,
    source: `${docs}/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html`,
    measure: exportedTwice,
  },
  { what: 'routes of the HTTP API', atMost: 300, source: httpApi, measure: count('AWS::ApiGatewayV2::Route') },
  { what: 'integrations of the HTTP API', atMost: 300, source: httpApi, measure: count('AWS::ApiGatewayV2::Integration') },
  { what: 'authorizers of the HTTP API', atMost: 10, source: httpApi, measure: count('AWS::ApiGatewayV2::Authorizer') },
  {
    what: 'milliseconds that API Gateway waits',
    atMost: 30_000,
    source: httpApi,
    measure: each('AWS::ApiGatewayV2::Integration', number('TimeoutInMillis', 30_000)),
  },
  { what: 'seconds of the function of a route', atMost: 30, source: httpApi, measure: routeFunctions },
  {
    what: 'alarms of a deployment group',
    atMost: 10,
    source: `${docs}/AWSCloudFormation/latest/UserGuide/aws-properties-codedeploy-deploymentgroup-alarmconfiguration.html`,
    measure: deployed =>
      deployed
        .resources('AWS::CodeDeploy::DeploymentGroup')
        .map(group => [placeOf(group), deploymentGroup.parse(group.properties).AlarmConfiguration.Alarms.length]),
  },
  { what: 'roles of an account', atMost: 1_000, source: iam, measure: count('AWS::IAM::Role') },
  { what: 'policies of AWS of a role', atMost: 10, source: iam, measure: each('AWS::IAM::Role', length('ManagedPolicyArns')) },
  {
    what: 'characters of all inline policies of a role',
    atMost: 10_240,
    source: iam,
    measure: deployed =>
      deployed
        .resources('AWS::IAM::Role')
        .map(role => [
          placeOf(role),
          deployed.policiesOf(role.arn!).reduce((total, { document }) => total + JSON.stringify(document).length, 0),
        ]),
  },
  {
    what: 'characters of the trust policy of a role',
    atMost: 2_048,
    source: iam,
    measure: deployed => deployed.resources('AWS::IAM::Role').map(role => [placeOf(role), sizeOfPolicy(deployed, role.arn!)]),
  },
  { what: 'characters of the name of a function', atMost: 64, source: createFunction, measure: eachFunction(({ name }) => name.length) },
  {
    what: 'characters of the description of a function',
    atMost: 256,
    source: createFunction,
    measure: eachFunction(({ description }) => description.length),
  },
  {
    what: 'bytes of the environment variables of a function',
    atMost: 4_096,
    source: lambda,
    measure: eachFunction(({ environment }) => Buffer.byteLength(JSON.stringify(environment))),
  },
  { what: 'seconds of a function', atMost: 900, source: lambda, measure: eachFunction(({ timeoutSeconds }) => timeoutSeconds) },
  {
    what: 'megabytes of memory of a function, in a new account',
    atMost: 3_008,
    source: lambda,
    measure: eachFunction(({ memoryMegabytes }) => memoryMegabytes),
  },
  {
    what: 'bytes of the code of a function',
    atMost: 250 * 1_024 * 1_024,
    source: lambda,
    measure: eachFunction(({ folder }) => bytesOf(folder)),
  },
  {
    what: 'bytes of the resource policy of a function',
    atMost: 20_480,
    source: lambda,
    measure: eachFunction(({ arn }, deployed) => sizeOfPolicy(deployed, arn)),
  },
  {
    // A new account has 10 concurrent executions, and at least 10 must not be reserved.
    what: 'concurrent executions that are reserved, in a new account',
    atMost: 0,
    source: `${docs}/lambda/latest/dg/configuration-concurrency.html`,
    measure: eachFunction(({ reservedConcurrency = 0 }) => reservedConcurrency),
  },
  { what: 'schedule groups of an account', atMost: 500, source: scheduler, measure: count('AWS::Scheduler::ScheduleGroup') },
  {
    what: 'minutes of the window of a schedule',
    atMost: 1_440,
    source: schedule,
    measure: each('AWS::Scheduler::Schedule', ({ properties }) => window.parse(properties['FlexibleTimeWindow']).MaximumWindowInMinutes),
  },
  {
    what: 'retries of a schedule',
    atMost: 185,
    source: schedule,
    measure: each('AWS::Scheduler::Schedule', ({ properties }) => target.parse(properties['Target']).RetryPolicy.MaximumRetryAttempts),
  },
  {
    what: 'seconds that a schedule keeps an event',
    atMost: 86_400,
    source: schedule,
    measure: each('AWS::Scheduler::Schedule', ({ properties }) => target.parse(properties['Target']).RetryPolicy.MaximumEventAgeInSeconds),
  },
  { what: 'rules of an event bus', atMost: 300, source: eventBridge, measure: count('AWS::Events::Rule') },
  { what: 'targets of a rule', atMost: 5, source: eventBridge, measure: each('AWS::Events::Rule', length('Targets')) },
  {
    what: 'characters of the pattern of a rule',
    atMost: 2_048,
    source: eventBridge,
    measure: each('AWS::Events::Rule', ({ properties }) => JSON.stringify(properties['EventPattern']).length),
  },
  {
    what: 'alarms of an account',
    atMost: 5_000,
    source: cloudWatch,
    measure: count('AWS::CloudWatch::Alarm'),
  },
  { what: 'canaries of an account', atMost: 300, source: cloudWatch, measure: count('AWS::Synthetics::Canary') },
  { what: 'dashboards of an account', atMost: 500, source: cloudWatch, measure: count('AWS::CloudWatch::Dashboard') },
  { what: 'widgets of a dashboard', atMost: 500, source: cloudWatch, measure: ofDashboards(({ widgets }) => widgets) },
  {
    what: 'metrics of a widget',
    atMost: 500,
    source: cloudWatch,
    measure: ofDashboards(({ metrics: shown }) => Math.max(...shown.map(each => each.length))),
  },
  { what: 'metrics of a dashboard', atMost: 2_500, source: cloudWatch, measure: ofDashboards(({ metrics: shown }) => shown.flat().length) },
  {
    what: 'alarms of a widget',
    atMost: 100,
    source: `${docs}/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html`,
    measure: ofDashboards(({ alarms }) => Math.max(...alarms.map(group => group.length))),
  },
  {
    what: 'characters of the name of an alarm',
    atMost: 255,
    source: putAlarm,
    measure: each('AWS::CloudWatch::Alarm', ({ name }) => name.length),
  },
  { what: 'actions of an alarm', atMost: 5, source: putAlarm, measure: each('AWS::CloudWatch::Alarm', length('AlarmActions')) },
  {
    what: 'characters of the description of an alarm',
    atMost: 1_024,
    source: putAlarm,
    measure: each('AWS::CloudWatch::Alarm', length('AlarmDescription')),
  },
  {
    what: 'metrics that the expression of an alarm reads',
    atMost: 10,
    source: `${docs}/AmazonCloudWatch/latest/monitoring/Create-alarm-on-metric-math-expression.html`,
    measure: each(
      'AWS::CloudWatch::Alarm',
      ({ properties }) => list(properties['Metrics']).filter(metric => JSON.stringify(metric).includes('"MetricStat"')).length,
    ),
  },
  {
    what: 'seconds that an alarm with periods of less than an hour looks back',
    atMost: 86_400,
    source: putAlarm,
    measure: each('AWS::CloudWatch::Alarm', alarm => (alarmPeriod(alarm) < 3_600 ? alarmWindow(alarm) : 0)),
  },
  {
    what: 'seconds that an alarm looks back',
    atMost: 604_800,
    source: putAlarm,
    measure: each('AWS::CloudWatch::Alarm', alarmWindow),
  },
  {
    what: 'seconds that a queue keeps a message',
    atMost: 1_209_600,
    source: queues,
    measure: each('AWS::SQS::Queue', number('MessageRetentionPeriod', 345_600)),
  },
  {
    what: 'seconds that a queue hides a received message',
    atMost: 43_200,
    source: queues,
    measure: each('AWS::SQS::Queue', number('VisibilityTimeout', 30)),
  },
  {
    what: 'bytes of the policy of a queue',
    atMost: 8_192,
    source: `${docs}/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html`,
    measure: deployed => deployed.resources('AWS::SQS::Queue').map(queue => [placeOf(queue), sizeOfPolicy(deployed, queue.arn!)]),
  },
  {
    what: 'bytes of the policy of a key',
    atMost: 32_768,
    source: `${docs}/kms/latest/developerguide/resource-limits.html`,
    measure: deployed => deployed.resources('AWS::KMS::Key').map(key => [placeOf(key), sizeOfPolicy(deployed, key.arn!)]),
  },
  {
    what: 'bytes of the definition of a state machine',
    atMost: 1_048_576,
    source: stepFunctions,
    measure: each('AWS::StepFunctions::StateMachine', length('DefinitionString')),
  },
  {
    what: 'security groups of a network interface',
    atMost: 5,
    source: vpc,
    measure: eachFunction(({ securityGroupIds }) => securityGroupIds.length),
  },
  { what: 'backup plans of an account', atMost: 300, source: backup, measure: count('AWS::Backup::BackupPlan') },
  {
    what: 'rules of a backup plan',
    atMost: 10,
    source: backup,
    measure: each('AWS::Backup::BackupPlan', ({ properties }) => backupPlan.parse(properties['BackupPlan']).BackupPlanRule.length),
  },
  {
    what: 'days of backups of a cluster',
    atMost: 35,
    source: `${docs}/AmazonRDS/latest/APIReference/API_CreateDBCluster.html`,
    measure: each('AWS::RDS::DBCluster', number('BackupRetentionPeriod', 1)),
  },
]
