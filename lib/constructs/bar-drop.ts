import { Duration, Validations } from 'aws-cdk-lib'
import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2'
import { Rule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets'
import { Grant } from 'aws-cdk-lib/aws-iam'
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { dropPrefix, marketTasks, reportPrefix } from '../../lambdas/market/tasks.ts'
import type { BackendVariables } from '../../lambdas/runtime/backends.ts'
import { logicalIdOf } from './acknowledgements.ts'
import type { AlarmTopic } from './alarm-topic.ts'
import { BackendFunction, domainCode } from './backend-function.ts'
import type { BarDropBackend, Backends } from './backends.ts'
import { failureQueue } from './failure-queue.ts'
import type { NesteggFunction } from './nestegg-function.ts'

export interface BarDropProps {
  readonly backends: Backends
  readonly alarms: AlarmTopic
}

const filesKeptFor = Duration.days(30)

/**
 * A bucket into which files of bars are dropped, under `bars/`, and the function that ingests each and reports under `reports/`. What fails
 * for another reason than the file's own faults is tried three times, then leaves its event in a queue that raises an alarm.
 */
export class BarDrop extends Construct implements BarDropBackend {
  readonly dropVariables: BackendVariables<'bar-drop'>
  /** Of functions with the backend `bar-drop`, beside the database's: lets them reach S3. */
  readonly access: SecurityGroup
  private readonly bucket: Bucket

  constructor(scope: Construct, id: string, { backends, alarms }: BarDropProps) {
    super(scope, id)
    const { removalPolicy } = backends.settings
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      lifecycleRules: [{ expiration: filesKeptFor, abortIncompleteMultipartUploadAfter: Duration.days(1) }],
      removalPolicy,
    })
    // CDK's own way to this property is a custom resource with a function of its own.
    const resource = this.bucket.node.defaultChild as CfnBucket
    resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } }
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Holds prices for thirty days, which are no secret; what became of each file is in its report and in the log.',
    })
    this.dropVariables = { BAR_DROP_BUCKET: this.bucket.bucketName }

    this.access = new SecurityGroup(this, 'Access', {
      vpc: backends.database.placement.vpc,
      description: 'Functions that reach S3 from inside the VPC',
      allowAllOutbound: false,
    })
    // S3's addresses are a list that differs by Region; the subnets have no way to any address but by the endpoint to these.
    this.access.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'S3, by the gateway endpoint')

    const failures = failureQueue(this, {
      settings: backends.settings,
      alarms,
      alarmName: 'DroppedBarsFailedForGood',
      summary: 'A dropped file could not be ingested, though tried three times; its event waits in the queue.',
      runbook: 'a-dropped-file-was-not-ingested',
      of: 'the rule',
    })
    const task = marketTasks['ingest-dropped-bars']
    const ingest = new BackendFunction(this, task.name, {
      unit: task,
      description: task.summary,
      role: 'nestegg_operator',
      backends: { ...backends, barDrop: this },
      code: domainCode(backends.buildFolder, task.domain),
      failures,
    })
    new Rule(this, 'Dropped', {
      description: 'A file was dropped into the bucket of bars',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [this.bucket.bucketName] }, object: { key: [{ prefix: dropPrefix }] } },
      },
      targets: [new LambdaFunction(ingest.function, { deadLetterQueue: failures, retryAttempts: 3, maxEventAge: Duration.hours(6) })],
    })
  }

  /** Lets the grantee read what was dropped and write reports. */
  grantDrop(grantee: NesteggFunction): Grant {
    Validations.of(grantee).acknowledge(
      ...[dropPrefix, reportPrefix].map(prefix => ({
        id: `AwsSolutions-IAM5[Resource::<${logicalIdOf(this.bucket)}.Arn>/${prefix}*]`,
        reason: 'The files to come have no names yet; nothing else lies under the prefix.',
      })),
    )
    const read = { grantee, actions: ['s3:GetObject'], resourceArns: [this.bucket.arnForObjects(`${dropPrefix}*`)] }
    const write = { grantee, actions: ['s3:PutObject'], resourceArns: [this.bucket.arnForObjects(`${reportPrefix}*`)] }
    return Grant.addToPrincipal(read).combine(Grant.addToPrincipal(write))
  }
}
