import { type Resource, UnpricedResource } from './resources.ts'
import type { UsageOf } from './usage.ts'
import { backupPlanUsage, clusterUsage, instanceUsage, restoreTestUsage } from './usage/database.ts'
import { functionUsage } from './usage/functions.ts'
import { alarmUsage, canaryUsage, dashboardUsage, deliveryUsage, flowLogUsage, logGroupUsage } from './usage/observability.ts'
import {
  apiUsage,
  bucketUsage,
  distributionUsage,
  edgeFunctionUsage,
  endpointUsage,
  keyUsage,
  scheduleUsage,
  secretUsage,
  topicUsage,
  userPoolUsage,
  webAclUsage,
} from './usage/services.ts'
import { stateMachineUsage } from './usage/state-machines.ts'

/** What is used in a month, or the reason why a type is free. */
type Billing = UsageOf | { readonly free: string; readonly only?: (resource: Resource) => boolean }

const free = (reason: string): Billing => ({ free: reason })
const rights = free('IAM is free')
const network = free('billed by what is attached to the network')
const api = free('part of the API, billed per request')
const ofFunction = free('part of a function, billed per invocation')
const edge = free('part of a distribution, billed per request')
const deployment = free('runs in a deployment, for seconds')
const delivery = free('part of a delivery of logs')
const policy = free('a policy')
const deployments = free('deployments of functions are free')

/** Every type of resource that the templates contain. */
export const resourceTypes: Readonly<Record<string, Billing>> = {
  'AWS::ApiGatewayV2::Api': apiUsage,
  'AWS::ApiGatewayV2::ApiMapping': api,
  'AWS::ApiGatewayV2::Authorizer': api,
  'AWS::ApiGatewayV2::DomainName': api,
  'AWS::ApiGatewayV2::Integration': api,
  'AWS::ApiGatewayV2::Route': api,
  'AWS::ApiGatewayV2::Stage': api,
  'AWS::Backup::BackupPlan': backupPlanUsage,
  'AWS::Backup::BackupSelection': free('part of a backup plan, billed per backup'),
  'AWS::Backup::BackupVault': free('billed per backup in it'),
  'AWS::Backup::RestoreTestingPlan': restoreTestUsage,
  'AWS::Backup::RestoreTestingSelection': free('part of a restore testing plan, billed per test'),
  'AWS::Budgets::Budget': free('a budget that only reports is free'),
  'AWS::CertificateManager::Certificate': free('public certificates are free'),
  'AWS::CloudFront::CachePolicy': edge,
  'AWS::CloudFront::Distribution': distributionUsage,
  'AWS::CloudFront::Function': edgeFunctionUsage,
  'AWS::CloudFront::OriginAccessControl': edge,
  'AWS::CloudFront::ResponseHeadersPolicy': edge,
  'AWS::CloudWatch::Alarm': alarmUsage,
  'AWS::CloudWatch::Dashboard': dashboardUsage,
  'AWS::CodeDeploy::Application': deployments,
  'AWS::CodeDeploy::DeploymentGroup': deployments,
  'AWS::Cognito::UserPool': userPoolUsage,
  'AWS::Cognito::UserPoolClient': free('billed per user of the pool; no client signs in by itself'),
  'AWS::Cognito::UserPoolGroup': free('billed per user of the pool'),
  'AWS::EC2::FlowLog': flowLogUsage,
  'AWS::EC2::RouteTable': network,
  'AWS::EC2::SecurityGroup': network,
  'AWS::EC2::SecurityGroupIngress': network,
  'AWS::EC2::Subnet': network,
  'AWS::EC2::SubnetRouteTableAssociation': network,
  'AWS::EC2::VPC': network,
  'AWS::EC2::VPCEndpoint': endpointUsage,
  'AWS::Events::Rule': {
    free: 'events of AWS on the default bus are free',
    only: ({ properties }) => properties['EventBusName'] === undefined && properties['ScheduleExpression'] === undefined,
  },
  'AWS::IAM::Policy': rights,
  'AWS::IAM::Role': rights,
  'AWS::KMS::Key': keyUsage,
  'AWS::Lambda::Alias': {
    free: 'an alias without provisioned concurrency is free',
    only: ({ properties }) => properties['ProvisionedConcurrencyConfig'] === undefined,
  },
  'AWS::Lambda::EventInvokeConfig': ofFunction,
  'AWS::Lambda::Function': functionUsage,
  'AWS::Lambda::LayerVersion': ofFunction,
  'AWS::Lambda::Permission': ofFunction,
  'AWS::Lambda::Url': ofFunction,
  'AWS::Lambda::Version': {
    free: 'a version without provisioned concurrency is free',
    only: ({ properties }) => properties['ProvisionedConcurrencyConfig'] === undefined,
  },
  'AWS::Logs::Delivery': deliveryUsage,
  'AWS::Logs::DeliveryDestination': delivery,
  'AWS::Logs::DeliverySource': delivery,
  'AWS::Logs::LogGroup': logGroupUsage,
  'AWS::Logs::MetricFilter': free('billed as the metric that it writes'),
  'AWS::Logs::ResourcePolicy': policy,
  'AWS::RDS::DBCluster': clusterUsage,
  'AWS::RDS::DBClusterParameterGroup': free('part of a cluster'),
  'AWS::RDS::DBInstance': instanceUsage,
  'AWS::RDS::DBSubnetGroup': free('part of a cluster'),
  'AWS::Route53::RecordSet': free('aliases of AWS resources are free; other queries cost cents per million'),
  'AWS::S3::Bucket': bucketUsage,
  'AWS::S3::BucketPolicy': policy,
  'AWS::SNS::Subscription': free('part of a topic, billed per mail'),
  'AWS::SNS::Topic': topicUsage,
  'AWS::SNS::TopicPolicy': policy,
  'AWS::SQS::Queue': free('holds failed events only, which are few: a million requests cost 0.40 dollars'),
  'AWS::SQS::QueuePolicy': policy,
  'AWS::Scheduler::Schedule': scheduleUsage,
  'AWS::Scheduler::ScheduleGroup': free('part of its schedules'),
  'AWS::SecretsManager::Secret': secretUsage,
  'AWS::StepFunctions::StateMachine': stateMachineUsage,
  'AWS::Synthetics::Canary': canaryUsage,
  'AWS::WAFv2::WebACL': webAclUsage,
  'Custom::DatabaseMigrations': deployment,
  'Custom::LogRetention': deployment,
  'Custom::VpcRestrictDefaultSG': deployment,
  'Custom::WebRelease': deployment,
}

/**
 * How a type is billed.
 * @throws {UnpricedResource} if nobody has said so, or if one of the resources is not free as the others of its type are.
 */
export const billingOf = (type: string, resources: readonly Resource[]): Billing => {
  const billing = resourceTypes[type]
  if (billing === undefined) throw new UnpricedResource(resources[0]!, 'is of a type that nobody has priced')
  if (typeof billing === 'object' && billing.only) {
    const exception = resources.find(resource => !billing.only?.(resource))
    if (exception) throw new UnpricedResource(exception, `is not free: only ${billing.free}`)
  }
  return billing
}
