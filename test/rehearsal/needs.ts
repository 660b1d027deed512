import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import * as z from 'zod'
import { anchorKey, publicKeyKey } from '../../domain/operations/index.ts'
import { jobs } from '../../lambdas/jobs.ts'
import { shardKey } from '../../lambdas/planning/large-run-events.ts'
import { dropPrefix, reportPrefix } from '../../lambdas/market/tasks.ts'
import { workKey } from '../../lambdas/wealth/ledger-work.ts'
import { bucketKeys } from '../../lambdas/operations/backups/keys.ts'
import { manifestKey } from '../../lambdas/operations/backups/manifest.ts'
import { routes } from '../../lambdas/routes.ts'
import type { Backend } from '../../lambdas/runtime/backends.ts'
import { keepingBucket } from '../../lambdas/runtime/backup-store.ts'
import { pagesFolder, retiredKey } from '../../lambdas/runtime/web-files.ts'
import { tasks } from '../../lambdas/tasks.ts'
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

const encryption = z.object({
  ServerSideEncryptionConfiguration: z.tuple([
    z.object({ ServerSideEncryptionByDefault: z.object({ KMSMasterKeyID: z.string().optional() }) }),
  ]),
})

/**
 * What S3 does with the key of a bucket, with the rights of the caller. A part of an object needs the key twice. SSE-S3 needs no rights.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
const keyActions: Readonly<Record<string, readonly string[]>> = {
  's3:GetObject': ['kms:Decrypt'],
  's3:PutObject': ['kms:GenerateDataKey', 'kms:Decrypt'],
}

type ObjectsOf = (sender: Sender) => readonly string[]

/** Calls on objects of the buckets that variables name. */
const objects =
  (action: string, keys: Readonly<Record<string, ObjectsOf>>) =>
  (sender: Sender): Call[] => {
    const { deployed, lambda, variable } = sender
    const used = Object.entries(keys).filter(([name]) => name in lambda.environment)
    if (used.length === 0) throw new Error(`${lambda.handler} sends ${action} and has no bucket.`)
    return used.flatMap(([name, own]) => {
      const bucket = `arn:aws:s3:::${variable(name)}`
      const encrypted = encryption.parse(deployed.byArn(bucket).properties['BucketEncryption']).ServerSideEncryptionConfiguration[0]
      const { KMSMasterKeyID: key } = encrypted.ServerSideEncryptionByDefault
      const context = { 'kms:ViaService': `s3.${deployed.region}.amazonaws.com` }
      return [
        ...own(sender).map(object => ({ action, on: `${bucket}/${object}` })),
        ...(key === undefined ? [] : (keyActions[action] ?? []).map(each => ({ action: each, on: key, context }))),
      ]
    })
  }

const listed =
  (...names: readonly string[]) =>
  ({ lambda, variable }: Sender): Call[] =>
    names.filter(name => name in lambda.environment).map(name => ({ action: 's3:ListBucket', on: `arn:aws:s3:::${variable(name)}` }))

const declaredBackends = new Map([...routes, ...jobs, ...tasks].map(({ backends, id }) => [id, backends]))

const has = ({ lambda: { domain, unit } }: Sender, backend: Backend): boolean =>
  declaredBackends.get(`${domain}/${unit}`)?.includes(backend) ?? false

/** Objects of the bucket of backups. Their prefixes follow from the backends of the function. */
const backupObjects: ObjectsOf = () => [manifestKey(someId), bucketKeys(keepingBucket('any')).objectOf(someId)]
const storedObjects: ObjectsOf = sender => [
  ...(has(sender, 'backup-store') ? backupObjects(sender) : []),
  ...(has(sender, 'archive-store') ? [`archives/2026-01-01/${someId}`] : []),
]

const shard: ObjectsOf = () => [shardKey(someId, 0)]
const work: ObjectsOf = () => [workKey({ kind: 'store-import', householdId: someId, importId: someId })]
const anchors: ObjectsOf = () => [anchorKey('2026-01-01', 1), publicKeyKey('0'.repeat(64))]

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

/** The files of the web application, and the list of those that no release has any more. */
const webObjects: ObjectsOf = () => [`${pagesFolder}/index.html`, retiredKey]

const credentialCalls =
  (backend: Backend, ...actions: readonly string[]) =>
  (sender: Sender): Call[] =>
    has(sender, backend) ? actions.map(action => ({ action, on: sender.variable('CREDENTIAL_KEY_ID') })) : []

/** The calls that IAM checks when a command is sent. */
const callsOfCommands: Readonly<Record<string, (sender: Sender) => Call[]>> = {
  // One object has all calls of the key of credentials. A function makes those of its backend.
  'kms Decrypt': credentialCalls('credential-key', 'kms:Decrypt'),
  'kms GenerateDataKey': credentialCalls('credential-key', 'kms:GenerateDataKey'),
  'kms ReEncrypt': credentialCalls('credential-rotation', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'),
  'kms GetPublicKey': ({ variable }) => [{ action: 'kms:GetPublicKey', on: variable('AUDIT_SIGNING_KEY_ID') }],
  'kms Sign': ({ variable }) => [{ action: 'kms:Sign', on: variable('AUDIT_SIGNING_KEY_ID') }],
  'cognito-identity-provider AdminDeleteUser': ({ deployed, variable }) => [
    { action: 'cognito-idp:AdminDeleteUser', on: arn(deployed, 'cognito-idp', `userpool/${variable('USER_POOL_ID')}`) },
  ],
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
    BAR_DROP_BUCKET: () => [`${dropPrefix}2026/prices.csv`],
    // Functions that ask for work have the code that reads it, and never run it.
    LEDGER_WORK_BUCKET: sender => (has(sender, 'asked-ledger-work') ? work(sender) : []),
    AUDIT_ANCHOR_BUCKET: anchors,
    BACKUP_BUCKET: storedObjects,
    WEB_BUCKET: () => [retiredKey],
  }),
  's3 ListObjectsV2': listed('AUDIT_ANCHOR_BUCKET', 'BACKUP_BUCKET', 'WEB_BUCKET'),
  's3 AbortMultipartUpload': objects('s3:AbortMultipartUpload', { BACKUP_BUCKET: storedObjects }),
  's3 CompleteMultipartUpload': objects('s3:PutObject', { BACKUP_BUCKET: storedObjects }),
  's3 CreateMultipartUpload': objects('s3:PutObject', { BACKUP_BUCKET: storedObjects }),
  's3 UploadPart': objects('s3:PutObject', { BACKUP_BUCKET: storedObjects }),
  's3 DeleteObject': objects('s3:DeleteObject', { BACKUP_BUCKET: backupObjects, WEB_BUCKET: webObjects }),
  's3 PutObject': sender => {
    // Anchors are put once: the bucket refuses a request without this condition.
    const once = has(sender, 'audit-signing')
      ? objects('s3:PutObject', { AUDIT_ANCHOR_BUCKET: anchors })(sender).map(call => ({ ...call, context: { 's3:if-none-match': '*' } }))
      : []
    const others = {
      SIMULATION_STORE_BUCKET: shard,
      BAR_DROP_BUCKET: () => [`${reportPrefix}2026/prices.csv.json`],
      LEDGER_WORK_BUCKET: work,
      BACKUP_BUCKET: storedObjects,
      WEB_BUCKET: webObjects,
    }
    return Object.keys(others).some(name => name in sender.lambda.environment)
      ? [...once, ...objects('s3:PutObject', others)(sender)]
      : once
  },
  // An upload sets tags only if it is given some, which no code does.
  's3 PutObjectTagging': () => [],
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

const cognito = new CognitoIdentityProviderClient({ region: 'us-east-1' })

/** Whether the SDK sends the command unsigned: Cognito authorizes it by a token or a password of the user, and IAM checks nothing. */
const isOfTheUser = (command: string): boolean =>
  cognito.config
    .httpAuthSchemeProvider({ operation: command, region: 'us-east-1' })
    .every(({ schemeId }) => schemeId === 'smithy.api#noAuth')

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
  const region = lambda.arn.split(':')[3]!
  const stream = arn({ ...deployed, region }, 'logs', `log-group:${lambda.logGroup}:log-stream:2026/01/01/[$LATEST]0123456789abcdef`)
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
  // The code that compares a restored cluster connects to it, as its owner.
  const restored = lambda.unit === 'validate-restore' ? [arn(deployed, 'rds-db', 'dbuser:cluster-RESTORED/nestegg_owner')] : []
  return [...calls, ...[...users, ...restored].map(on => ({ action: 'rds-db:connect', on }))]
}
