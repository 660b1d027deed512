import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { anchorKey, publicKeyKey } from '../../domain/operations/index.ts'
import { shardKey } from '../../lambdas/planning/large-run-events.ts'
import { dropPrefix, reportPrefix } from '../../lambdas/market/tasks.ts'
import type { Call } from './access.ts'
import type { Deployed, DeployedFunction } from './deployed.ts'
import { databaseRolesOf } from './database-role.ts'
import type { SdkUse } from './sdk-use.ts'

/** What the calls of a command depend on. */
interface Sender {
  readonly deployed: Deployed
  readonly lambda: DeployedFunction
  /** The value of an environment variable. Throws if it is not set. */
  readonly variable: (name: string) => string
}

const someId = '01900000-0000-7000-8000-000000000000'

const arn = ({ account, region }: Deployed, service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`

/** The key that encrypts a secret; undefined for the key that AWS manages, which needs no rights. */
const keyOfSecret = (deployed: Deployed, secretArn: string): string | undefined => {
  const own = deployed.resources('AWS::SecretsManager::Secret').find(secret => secret.arn === secretArn)
  const { KmsKeyId } =
    own?.properties ?? (deployed.resources('AWS::RDS::DBCluster')[0]!.properties['MasterUserSecret'] as Record<string, unknown>)
  return KmsKeyId as string | undefined
}

/** Reading a secret, by the function itself or by the Data API with the function's rights. */
const secretCalls = ({ deployed, variable }: Sender, name: string): Call[] => {
  const secret = variable(name)
  const key = keyOfSecret(deployed, secret)
  const decrypt = { action: 'kms:Decrypt', on: key!, context: { 'kms:ViaService': `secretsmanager.${deployed.region}.amazonaws.com` } }
  return [{ action: 'secretsmanager:GetSecretValue', on: secret }, ...(key === undefined ? [] : [decrypt])]
}

const secretVariables = ({ lambda }: Sender): string[] => Object.keys(lambda.environment).filter(name => name.endsWith('_SECRET_ARN'))

/**
 * The Data API runs a statement as the user of a secret, which it reads with the rights of the caller.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.access.html
 */
const dataApi =
  (action: string) =>
  (sender: Sender): Call[] => [
    { action: `rds-data:${action}`, on: sender.variable('DATA_API_CLUSTER_ARN') },
    ...secretVariables(sender).flatMap(name => secretCalls(sender, name)),
  ]

/** Calls on objects of the bucket that a variable names. The SSE-S3 encryption of these buckets needs no rights on a key. */
const objects =
  (action: string, keys: Readonly<Record<string, readonly string[]>>) =>
  (sender: Sender): Call[] => {
    const used = Object.entries(keys).filter(([name]) => name in sender.lambda.environment)
    if (used.length === 0) throw new Error(`${sender.lambda.handler} sends ${action} and has no bucket.`)
    return used.flatMap(([name, own]) => {
      const bucket = `arn:aws:s3:::${sender.variable(name)}`
      if (JSON.stringify(sender.deployed.byArn(bucket).properties['BucketEncryption']).includes('aws:kms')) {
        throw new Error(`${bucket} has a key of its own: say in test/rehearsal/needs.ts that its objects need the key.`)
      }
      return own.map(key => ({ action, on: `${bucket}/${key}` }))
    })
  }

const shard = [shardKey(someId, 0)]
const anchors = [anchorKey('2026-01-01', 1), publicKeyKey('0'.repeat(64))]

const clusterOf = ({ deployed, variable }: Sender) =>
  deployed.resources('AWS::RDS::DBCluster').find(({ name }) => name === variable('CLUSTER_IDENTIFIER'))!

const snapshotArn = ({ deployed }: Sender): string => arn(deployed, 'rds', 'cluster-snapshot:nestegg-0123456789ab-20260101000000')

/** A snapshot is encrypted with the key of its cluster, for which RDS makes a grant with the rights of the caller. */
const createSnapshotCalls = (sender: Sender): Call[] => {
  const cluster = clusterOf(sender)
  const key = cluster.properties['KmsKeyId'] as string
  const context = { 'kms:ViaService': `rds.${sender.deployed.region}.amazonaws.com` }
  return [
    { action: 'rds:CreateDBClusterSnapshot', on: cluster.arn! },
    { action: 'rds:CreateDBClusterSnapshot', on: snapshotArn(sender) },
    { action: 'rds:AddTagsToResource', on: snapshotArn(sender) },
    { action: 'kms:CreateGrant', on: key, context },
    { action: 'kms:DescribeKey', on: key, context },
  ]
}

/** The calls that IAM checks when a command is sent. */
const callsOfCommands: Readonly<Record<string, (sender: Sender) => Call[]>> = {
  'kms GetPublicKey': ({ variable }) => [{ action: 'kms:GetPublicKey', on: variable('AUDIT_SIGNING_KEY_ID') }],
  'kms Sign': ({ variable }) => [{ action: 'kms:Sign', on: variable('AUDIT_SIGNING_KEY_ID') }],
  'lambda Invoke': ({ deployed, variable }) => [
    { action: 'lambda:InvokeFunction', on: arn(deployed, 'lambda', `function:${variable('APPLIER_FUNCTION_NAME')}`) },
  ],
  'rds CreateDBClusterSnapshot': createSnapshotCalls,
  'rds DeleteDBClusterSnapshot': sender => [{ action: 'rds:DeleteDBClusterSnapshot', on: snapshotArn(sender) }],
  // By the name of a snapshot, or all of a cluster.
  'rds DescribeDBClusterSnapshots': sender =>
    [clusterOf(sender).arn!, snapshotArn(sender)].map(on => ({ action: 'rds:DescribeDBClusterSnapshots', on })),
  'rds-data BeginTransaction': dataApi('BeginTransaction'),
  'rds-data CommitTransaction': dataApi('CommitTransaction'),
  'rds-data ExecuteStatement': dataApi('ExecuteStatement'),
  'rds-data RollbackTransaction': dataApi('RollbackTransaction'),
  's3 GetObject': objects('s3:GetObject', {
    SIMULATION_STORE_BUCKET: shard,
    BAR_DROP_BUCKET: [`${dropPrefix}2026/prices.csv`],
    AUDIT_ANCHOR_BUCKET: anchors,
  }),
  's3 ListObjectsV2': ({ variable }) => [{ action: 's3:ListBucket', on: `arn:aws:s3:::${variable('AUDIT_ANCHOR_BUCKET')}` }],
  's3 PutObject': sender => {
    const calls = objects('s3:PutObject', {
      SIMULATION_STORE_BUCKET: shard,
      BAR_DROP_BUCKET: [`${reportPrefix}2026/prices.csv.json`],
      AUDIT_ANCHOR_BUCKET: anchors,
    })(sender)
    // Anchors are put once: the bucket refuses a request without this condition.
    const isOnce = 'AUDIT_ANCHOR_BUCKET' in sender.lambda.environment
    return isOnce ? calls.map(call => ({ ...call, context: { 's3:if-none-match': '*' } })) : calls
  },
  'secrets-manager GetSecretValue': sender =>
    secretVariables(sender)
      .filter(name => name !== 'DATA_API_SECRET_ARN')
      .flatMap(name => secretCalls(sender, name)),
  'sesv2 SendEmail': ({ deployed, variable }) => {
    const address = variable('MAIL_FROM_ADDRESS')
    return [
      { action: 'ses:SendEmail', on: arn(deployed, 'ses', `identity/${address.split('@')[1]}`), context: { 'ses:FromAddress': address } },
    ]
  },
  'sfn StartExecution': ({ variable }) => [{ action: 'states:StartExecution', on: variable('SIMULATION_STATE_MACHINE_ARN') }],
}

/** Whether Cognito authorizes the command by a token or a password of the user: its reference says so, which the SDK contains. */
const isOfTheUser = (command: string): boolean => {
  const file = `node_modules/@aws-sdk/client-cognito-identity-provider/dist-types/commands/${command}Command.d.ts`
  return readFileSync(join(import.meta.dirname, '../..', file), 'utf8').includes(
    "Amazon Cognito doesn't evaluate Identity and Access Management (IAM) policies in requests for this API operation",
  )
}

const callsOf = (command: string, sender: Sender): Call[] => {
  const [client, name = ''] = command.split(' ')
  if (client === 'cognito-identity-provider' && isOfTheUser(name)) return []
  const calls = callsOfCommands[command]
  if (calls === undefined) throw new Error(`${sender.lambda.handler} sends ${command}: say in test/rehearsal/needs.ts what IAM checks.`)
  return calls(sender)
}

/** The rights that the Lambda service uses to attach a function to a VPC. They know resources, and no name of a future interface. */
const networkInterfaceActions = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
]

/** The calls that Lambda makes with the rights of the function: logs, traces, network interfaces, the destination of failures. */
export const callsOfLambda = (deployed: Deployed, lambda: DeployedFunction): Call[] => {
  const stream = arn(deployed, 'logs', `log-group:${lambda.logGroup}:log-stream:2026/01/01/[$LATEST]0123456789abcdef`)
  const destinations = deployed
    .resources('AWS::Lambda::EventInvokeConfig')
    .filter(({ properties }) => properties['FunctionName'] === lambda.name)
    .map(({ properties }) => properties['DestinationConfig'] as { readonly OnFailure: { readonly Destination: string } })
  return [
    { action: 'logs:CreateLogStream', on: stream },
    { action: 'logs:PutLogEvents', on: stream },
    { action: 'xray:PutTraceSegments', on: '*' },
    { action: 'xray:PutTelemetryRecords', on: '*' },
    ...(lambda.insideVpc ? networkInterfaceActions.map(action => ({ action, on: '*' })) : []),
    ...destinations.map(({ OnFailure }) => ({ action: 'sqs:SendMessage', on: OnFailure.Destination })),
  ]
}

/** The calls that the code of a function makes on the resources that its environment variables name. */
export const callsOfCode = (deployed: Deployed, lambda: DeployedFunction, { commands, signsTokens }: SdkUse): Call[] => {
  const variable = (name: string): string => {
    const value = lambda.environment[name]
    if (value === undefined) throw new Error(`${lambda.domain}/${lambda.handler} needs the environment variable ${name}.`)
    return value
  }
  const sender = { deployed, lambda, variable }
  const calls = commands.flatMap(command => callsOf(command, sender))
  // `serve` can connect for every route, and does for those that have a database.
  if (!signsTokens || !('DATABASE_HOST' in lambda.environment)) return calls
  const cluster = deployed.resources('AWS::RDS::DBCluster')[0]!
  const resourceId = deployed.attributeOf(cluster, 'DBClusterResourceId')
  const users = databaseRolesOf(lambda).map(role => arn(deployed, 'rds-db', `dbuser:${resourceId}/${role}`))
  return [...calls, ...users.map(on => ({ action: 'rds-db:connect', on }))]
}
