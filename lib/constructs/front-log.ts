import { Stack } from 'aws-cdk-lib'
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource, LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import type { EnvironmentSettings } from '../environments.ts'

/**
 * What is logged of a request. Queries and cookies are left out, since they can have values of users.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
 */
const recordFields = [
  'date',
  'time',
  'c-ip',
  'cs-method',
  'cs-uri-stem',
  'sc-status',
  'sc-bytes',
  'time-taken',
  'ssl-protocol',
  'x-edge-location',
  'x-edge-request-id',
  'x-edge-result-type',
  'x-edge-detailed-result-type',
]

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-CloudWatchLogs.html */
const mayWrite = (logGroup: LogGroup): PolicyStatement => {
  const stack = Stack.of(logGroup)
  return new PolicyStatement({
    principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
    conditions: {
      StringEquals: { 'aws:SourceAccount': stack.account },
      ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'logs', resource: '*' }) },
    },
  })
}

export interface FrontLogProps {
  readonly settings: EnvironmentSettings
  readonly distribution: IDistribution
}

/** The access log of the front in CloudWatch, where the other logs are. It has the address of each viewer. */
export class FrontLog extends Construct {
  constructor(scope: Construct, id: string, { settings, distribution }: FrontLogProps) {
    super(scope, id)
    const logGroup = new LogGroup(this, 'Requests', { retention: settings.logRetention, removalPolicy: settings.removalPolicy })
    logGroup.addToResourcePolicy(mayWrite(logGroup))
    const { stackName: name } = Stack.of(this)
    const source = new CfnDeliverySource(this, 'Source', { name, logType: 'ACCESS_LOGS', resourceArn: distribution.distributionArn })
    const destination = new CfnDeliveryDestination(this, 'Destination', {
      name,
      destinationResourceArn: logGroup.logGroupArn,
      outputFormat: 'json',
    })
    const delivery = new CfnDelivery(this, 'Delivery', {
      deliverySourceName: name,
      deliveryDestinationArn: destination.attrArn,
      recordFields,
    })
    delivery.node.addDependency(source, logGroup)
  }
}
