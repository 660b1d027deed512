import { Duration, Validations } from 'aws-cdk-lib'
import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2'
import { Rule } from 'aws-cdk-lib/aws-events'
import { Grant } from 'aws-cdk-lib/aws-iam'
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { dropPrefix, marketTasks, reportPrefix } from '../../lambdas/market/tasks.ts'
import type { BackendVariables } from '../../lambdas/runtime/backends.ts'
import { logicalIdOf } from './acknowledgements.ts'
import type { AlarmTopics } from './alarm-topics.ts'
import { BackendFunction, domainCode } from './backend-function.ts'
import type { BarDropBackend, Backends } from './backends.ts'
import { failureQueue, ruleTarget } from './failure-queue.ts'
import type { NesteggFunction } from './nestegg-function.ts'

export interface BarDropProps {
  readonly backends: Backends
  readonly alarms: AlarmTopics
}

const filesKeptFor = Duration.days(30)

/**
 * A bucket for files of bars under `bars/`, and the function that ingests each file and writes a report under `reports/`. If ingestion
 * fails for a reason outside the file, it is tried three times. Then the event goes to a queue that raises an alarm.
 */
export class BarDrop extends Construct implements BarDropBackend {
  readonly dropVariables: BackendVariables<'bar-drop'>
  /** Lets functions with the backend `bar-drop` reach S3, in addition to the security group of the database. */
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
    // CDK's own property would add a custom resource with another function.
    const resource = this.bucket.node.defaultChild as CfnBucket
    resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } }
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Holds prices for thirty days. They are not secret, and the result of each file is in its report and in the log.',
    })
    this.dropVariables = { BAR_DROP_BUCKET: this.bucket.bucketName }

    this.access = new SecurityGroup(this, 'Access', {
      vpc: backends.database.placement.vpc,
      description: 'Functions that reach S3 from inside the VPC',
      allowAllOutbound: false,
    })
    // The addresses of S3 differ by Region. From these subnets the gateway endpoint to S3 is the only route out of the VPC.
    this.access.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'S3, by the gateway endpoint')

    const failures = failureQueue(this, {
      settings: backends.settings,
      alarms,
      alarmName: 'DroppedBarsFailedForGood',
      summary: 'A dropped file could not be ingested in three attempts. Its event is in the queue.',
      runbook: 'a-dropped-file-was-not-ingested',
      source: 'the rule',
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
      description: 'A file was put into the bucket of bars',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [this.bucket.bucketName] }, object: { key: [{ prefix: dropPrefix }] } },
      },
      targets: [ruleTarget(ingest.function, failures)],
    })
  }

  /** Lets the grantee read dropped files and write reports. */
  grantDrop(grantee: NesteggFunction): Grant {
    Validations.of(grantee).acknowledge(
      ...[dropPrefix, reportPrefix].map(prefix => ({
        id: `AwsSolutions-IAM5[Resource::<${logicalIdOf(this.bucket)}.Arn>/${prefix}*]`,
        reason: 'The names of future files are not known. The prefix holds no other objects.',
      })),
    )
    const read = { grantee, actions: ['s3:GetObject'], resourceArns: [this.bucket.arnForObjects(`${dropPrefix}*`)] }
    const write = { grantee, actions: ['s3:PutObject'], resourceArns: [this.bucket.arnForObjects(`${reportPrefix}*`)] }
    return Grant.addToPrincipal(read).combine(Grant.addToPrincipal(write))
  }
}
