import * as z from 'zod'
import type { Deployed, DeployedFunction, DeployedResource } from './deployed.ts'

const rule = z.object({
  IpProtocol: z.string(),
  FromPort: z.number().optional(),
  ToPort: z.number().optional(),
  CidrIp: z.string().optional(),
  SourceSecurityGroupId: z.string().optional(),
  DestinationSecurityGroupId: z.string().optional(),
})
type Rule = z.infer<typeof rule>

type Direction = 'Ingress' | 'Egress'

/** The rules of a security group: its own, and those that are resources of their own. */
const rulesOf = (deployed: Deployed, groupId: string, direction: Direction): Rule[] => {
  const group = deployed.resources('AWS::EC2::SecurityGroup').find(({ name }) => name === groupId)
  if (group === undefined) throw new Error(`No security group is ${groupId}.`)
  const separate = deployed
    .resources(`AWS::EC2::SecurityGroup${direction}`)
    .filter(({ properties }) => properties['GroupId'] === groupId)
    .map(({ properties }) => properties)
  return z.array(rule).parse([...z.array(z.unknown()).default([]).parse(group.properties[`SecurityGroup${direction}`]), ...separate])
}

const passes = ({ FromPort = 0, IpProtocol, ToPort = 65_535 }: Rule, port: number): boolean =>
  IpProtocol === '-1' || (IpProtocol === 'tcp' && FromPort <= port && port <= ToPort)

/** Whether one of the function's security groups lets it connect to that port of all these addresses. */
export const mayConnect = (deployed: Deployed, { securityGroupIds }: DeployedFunction, cidr: string, port: number): boolean =>
  securityGroupIds
    .flatMap(id => rulesOf(deployed, id, 'Egress'))
    .some(each => passes(each, port) && (each.CidrIp === '0.0.0.0/0' || each.CidrIp === cidr))

/** Whether a resource with these security groups accepts connections of the function. */
export const accepts = (deployed: Deployed, securityGroupIds: readonly string[], lambda: DeployedFunction, port: number): boolean =>
  securityGroupIds
    .flatMap(id => rulesOf(deployed, id, 'Ingress'))
    .some(each => passes(each, port) && lambda.securityGroupIds.some(id => id === each.SourceSecurityGroupId))

const gatewayEndpoint = z.object({ VpcEndpointType: z.literal('Gateway'), ServiceName: z.string(), RouteTableIds: z.array(z.string()) })

/** The AWS services that a function inside the VPC has a route to: those with a gateway endpoint in all route tables of its subnets. */
export const routedServices = (deployed: Deployed, { subnetIds }: DeployedFunction): string[] => {
  const tables = deployed
    .resources('AWS::EC2::SubnetRouteTableAssociation')
    .filter(({ properties }) => subnetIds.includes(String(properties['SubnetId'])))
    .map(({ properties }) => String(properties['RouteTableId']))
  if (tables.length !== subnetIds.length) throw new Error('A subnet has no route table of its own.')
  return deployed
    .resources('AWS::EC2::VPCEndpoint')
    .map(({ properties }) => gatewayEndpoint.parse(properties))
    .filter(({ RouteTableIds }) => tables.every(table => RouteTableIds.includes(table)))
    .map(({ ServiceName }) => ServiceName.split('.').at(-1)!)
}

/** What leads out of the VPC, apart from endpoints. */
export const waysOut = (deployed: Deployed): DeployedResource[] =>
  ['Route', 'NatGateway', 'InternetGateway', 'EgressOnlyInternetGateway', 'TransitGatewayAttachment', 'VPCPeeringConnection'].flatMap(
    kind => deployed.resources(`AWS::EC2::${kind}`),
  )
