import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Duration, Size, Validations } from 'aws-cdk-lib'
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3'
import { Canary, Code, Runtime, RuntimeFamily, Schedule, Test } from 'aws-cdk-lib/aws-synthetics'
import type { Construct } from 'constructs'
import { canaryScript } from './bundling.ts'
import { arnPrefixOf, logicalIdOf } from './constructs/acknowledgements.ts'
import { NesteggStack } from './constructs/nestegg-stack.ts'
import type { EnvironmentSettings } from './environments.ts'
import type { FrontStack } from './front.ts'
import type { OperationsStack } from './operations.ts'

export interface CanaryStackProps {
  readonly settings: EnvironmentSettings
  /** The front, by which users reach the web application and the API. */
  readonly front: FrontStack
  readonly operations: OperationsStack
  /** The folder of the bundles. */
  readonly buildFolder: string
}

const period = Duration.minutes(5)
const resultsKeptFor = Duration.days(30)
const prefix = 'runs'

/**
 * On Node 22, without a browser. The CDK has no name for it yet, and the newest that it has (syn-nodejs-3.1) runs on Node 20, for which
 * there are no security fixes any more.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Library_Nodejs.html
 */
const runtime = new Runtime('syn-nodejs-4.1', RuntimeFamily.NODEJS)

/**
 * A canary of CloudWatch Synthetics: opens the web application and calls the API every five minutes from outside, as a client does, and raises an alarm if that fails. All
 * other alarms are silent when no request arrives.
 *
 * Costs per month: 8,640 runs at 0.12 cents, and the calls, logs and results of them: about twelve dollars.
 */
export class CanaryStack extends NesteggStack {
  constructor(scope: Construct, id: string, { settings, front, operations, buildFolder }: CanaryStackProps) {
    super(scope, id, { settings, description: 'A canary that opens the web application and calls the API from outside' })
    this.addStackDependency(front, 'The address answers once that stack is there')
    const name = `nestegg-${settings.name}`
    const results = new Bucket(this, 'Results', {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      lifecycleRules: [{ expiration: resultsKeptFor, abortIncompleteMultipartUploadAfter: Duration.days(1) }],
      removalPolicy: settings.removalPolicy,
    })
    Validations.of(results).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Holds the results of public requests for thirty days. They contain no data of users.',
    })
    const canary = new Canary(this, 'Canary', {
      canaryName: name,
      runtime,
      // As a text: Synthetics packs it itself. AWS describes no layout of an archive for this runtime.
      test: Test.custom({ code: Code.fromInline(readFileSync(join(buildFolder, canaryScript), 'utf8')), handler: 'index.handler' }),
      schedule: Schedule.rate(period),
      timeout: Duration.minutes(1),
      // The least that Synthetics accepts.
      memory: Size.mebibytes(960),
      environmentVariables: { URL: front.url, EXPECTED_ENVIRONMENT: settings.name },
      role: this.role(name, results),
      artifactsBucketLocation: { bucket: results, prefix },
      successRetentionPeriod: Duration.days(7),
      failureRetentionPeriod: resultsKeptFor,
      provisionedResourceCleanup: true,
    })
    operations.alarms.add(this, 'CanaryFails', {
      summary: 'The API did not answer as expected from outside, in two of three attempts within 15 minutes.',
      severity: 'page',
      runbook: 'the-api-fails-from-outside',
      metric: canary.metricSuccessPercent({ period, statistic: 'Average' }),
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 100,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      missingData: { treatment: TreatMissingData.BREACHING, because: 'a canary that does not run watches nothing' },
    })
  }

  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_CanaryPermissions.html */
  private role(canaryName: string, results: Bucket): Role {
    // Synthetics makes the function and its log group, and adds an id to their names.
    const logs = `${arnPrefixOf(this, 'logs')}log-group:/aws/lambda/cwsyn-${canaryName}-*`
    const allow = (actions: string[], resource: string, conditions?: Record<string, unknown>) =>
      new PolicyStatement({ actions, resources: [resource], ...(conditions ? { conditions } : {}) })
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        rights: new PolicyDocument({
          statements: [
            allow(['s3:PutObject', 's3:GetObject'], results.arnForObjects(`${prefix}/*`)),
            allow(['s3:GetBucketLocation'], results.bucketArn),
            allow(['s3:ListAllMyBuckets'], '*'),
            allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], logs),
            allow(['cloudwatch:PutMetricData'], '*', { StringEquals: { 'cloudwatch:namespace': 'CloudWatchSynthetics' } }),
          ],
        }),
      },
    })
    Validations.of(role).acknowledge(
      {
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason:
          'Listing buckets and reporting metrics have no resource-level permissions. Metrics are limited to the namespace of Synthetics.',
      },
      {
        id: `AwsSolutions-IAM5[Resource::<${logicalIdOf(results)}.Arn>/${prefix}/*]`,
        reason: 'Synthetics names the results of each run itself. The prefix holds nothing else.',
      },
      { id: `AwsSolutions-IAM5[Resource::${logs}]`, reason: 'The id in the name of the log group is not known before the canary exists.' },
    )
    return role
  }
}
