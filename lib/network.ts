import { Stack } from 'aws-cdk-lib'
import { FlowLogDestination, FlowLogTrafficType, GatewayVpcEndpointAwsService, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import type { EnvironmentSettings } from './environments.ts'

/**
 * A VPC without internet access: isolated subnets in two zones for the database and the functions that connect to it. Functions that
 * need an AWS endpoint or the internet run outside, so there is no NAT gateway and no interface endpoint to pay for.
 */
export class NetworkStack extends Stack {
  readonly vpc: Vpc

  constructor(scope: Construct, id: string, { settings }: { readonly settings: EnvironmentSettings }) {
    super(scope, id)
    this.vpc = new Vpc(this, 'Vpc', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'isolated', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 20 }],
      gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 } },
    })
    const logGroup = new LogGroup(this, 'FlowLogs', { retention: settings.logRetention, removalPolicy: settings.removalPolicy })
    this.vpc.addFlowLog('FlowLog', {
      destination: FlowLogDestination.toCloudWatchLogs(logGroup),
      trafficType: FlowLogTrafficType.ALL,
    })
  }
}
