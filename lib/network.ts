import { type CfnSubnet, FlowLogDestination, FlowLogTrafficType, GatewayVpcEndpointAwsService, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { NesteggStack } from './constructs/nestegg-stack.ts'
import type { EnvironmentSettings } from './environments.ts'

/**
 * A VPC without internet access: isolated subnets in two zones for the database and the functions that connect to it. Functions that
 * need an AWS endpoint or the internet run outside, so there is no NAT gateway and no interface endpoint to pay for.
 */
export class NetworkStack extends NesteggStack {
  readonly vpc: Vpc
  private readonly zoneIds: readonly string[]

  constructor(scope: Construct, id: string, { settings }: { readonly settings: EnvironmentSettings }) {
    super(scope, id, { settings, description: 'A VPC without internet access' })
    this.zoneIds = settings.zoneIds
    this.vpc = new Vpc(this, 'Vpc', {
      maxAzs: settings.zoneIds.length,
      natGateways: 0,
      subnetConfiguration: [{ name: 'isolated', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 20 }],
      gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 } },
    })
    // By id. A name means another zone in another account, and the order of CloudFormation's list of names can change, which would replace
    // the subnets.
    for (const [index, { node }] of this.vpc.isolatedSubnets.entries()) {
      const subnet = node.defaultChild as CfnSubnet
      subnet.availabilityZone = undefined
      subnet.availabilityZoneId = settings.zoneIds[index]
    }
    const logGroup = new LogGroup(this, 'FlowLogs', { retention: settings.logRetention, removalPolicy: settings.removalPolicy })
    this.vpc.addFlowLog('FlowLog', {
      destination: FlowLogDestination.toCloudWatchLogs(logGroup),
      trafficType: FlowLogTrafficType.ALL,
    })
    this.exportValues(this.vpc.vpcId, this.vpc.vpcCidrBlock, ...this.vpc.isolatedSubnets.map(({ subnetId }) => subnetId))
  }

  /** CDK would look the names up in the account. They are used in this list only: `zoneIds` decides. */
  override get availabilityZones(): string[] {
    return [...this.zoneIds]
  }
}
