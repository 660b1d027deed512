import { Duration, Validations } from 'aws-cdk-lib'
import { type IVpc, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2'
import { Rule } from 'aws-cdk-lib/aws-events'
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import type { Task } from '../../lambdas/runtime/task.ts'
import type { EnvironmentSettings } from '../environments.ts'
import type { AlarmTopics } from './alarm-topics.ts'
import { BackendFunction, domainCode } from './backend-function.ts'
import type { Backends } from './backends.ts'
import { failureQueue, ruleTarget } from './failure-queue.ts'

export interface EventBucketProps {
  readonly settings: EnvironmentSettings
  readonly keptFor: Duration
  /** Why the bucket needs no access log. */
  readonly unlogged: string
}

/** A bucket of objects that expire. It sends its events to EventBridge. */
export const eventBucket = (scope: Construct, { keptFor, settings, unlogged }: EventBucketProps): Bucket => {
  const bucket = new Bucket(scope, 'Bucket', {
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    lifecycleRules: [{ expiration: keptFor, abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    removalPolicy: settings.removalPolicy,
  })
  // CDK's own property would add a custom resource with another function.
  const resource = bucket.node.defaultChild as CfnBucket
  resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } }
  Validations.of(bucket).acknowledge({ id: 'AwsSolutions-S1', reason: unlogged })
  return bucket
}

/** Lets functions inside the VPC reach S3, in addition to the security group of the database. */
export const storageAccess = (scope: Construct, vpc: IVpc): SecurityGroup => {
  const access = new SecurityGroup(scope, 'Access', {
    vpc,
    description: 'Functions that reach S3 from inside the VPC',
    allowAllOutbound: false,
  })
  // The addresses of S3 differ by Region. From these subnets the gateway endpoint to S3 is the only route out of the VPC.
  access.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'S3, by the gateway endpoint')
  return access
}

export interface ObjectTaskProps {
  readonly task: Task
  /** The name of the bucket that sends the events. */
  readonly bucketName: string
  readonly prefix: string
  readonly backends: Backends
  readonly alarms: AlarmTopics
  readonly alarmName: string
  /** The meaning of an event in the queue of failures, in one sentence. */
  readonly summary: string
  readonly runbook: string
  /** The construct id of the rule. */
  readonly ruleId: string
  readonly ruleDescription: string
}

/**
 * Passes each new object under a prefix of a bucket to the function of a task. If it fails, it is tried three times. Then the event goes to
 * a queue that raises an alarm.
 */
export const objectTask = (scope: Construct, props: ObjectTaskProps): void => {
  const { alarmName, alarms, backends, bucketName, prefix, ruleDescription, ruleId, runbook, summary, task } = props
  const failures = failureQueue(scope, { settings: backends.settings, alarms, alarmName, summary, runbook, source: 'the rule' })
  const lambda = new BackendFunction(scope, task.name, {
    unit: task,
    description: task.summary,
    role: 'nestegg_operator',
    backends,
    code: domainCode(backends.buildFolder, task.domain),
    failures,
  })
  new Rule(scope, ruleId, {
    description: ruleDescription,
    eventPattern: {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      detail: { bucket: { name: [bucketName] }, object: { key: [{ prefix }] } },
    },
    targets: [ruleTarget(lambda.function, failures)],
  })
}
