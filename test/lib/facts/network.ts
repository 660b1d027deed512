import { describe, expect, it } from 'vitest'
import { only, type Synthesized } from '../synthesized.ts'

export const networkFacts = (synthesized: () => Synthesized): void => {
  describe('network', () => {
    it('has no internet access and no component with an hourly price', () => {
      const { resources } = synthesized()
      const paid = ['AWS::EC2::NatGateway', 'AWS::EC2::InternetGateway', 'AWS::EC2::EIP', 'AWS::RDS::DBProxy']
      expect(paid.flatMap(type => resources(type))).toEqual([])
      expect(resources('AWS::EC2::VPCEndpoint').map(({ properties }) => properties['VpcEndpointType'])).toEqual(['Gateway'])
      expect(resources('AWS::EC2::Route')).toEqual([])
    })

    it('spans two zones and logs its flows', () => {
      const { resources } = synthesized()
      expect(resources('AWS::EC2::Subnet')).toHaveLength(2)
      expect(only(resources('AWS::EC2::FlowLog')).properties).toMatchObject({ ResourceType: 'VPC', TrafficType: 'ALL' })
    })

    it('lets the clients of the database reach its port only', () => {
      const { resources } = synthesized()
      const [cluster, clients] = resources('AWS::EC2::SecurityGroup', 'database')
      expect(cluster?.properties).toMatchObject({ SecurityGroupEgress: [{ CidrIp: '255.255.255.255/32', IpProtocol: 'icmp' }] })
      expect(clients?.properties).toMatchObject({
        SecurityGroupEgress: [{ CidrIp: { 'Fn::ImportValue': expect.anything() }, IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432 }],
      })
      expect(resources('AWS::EC2::SecurityGroup').filter(({ properties }) => 'SecurityGroupIngress' in properties)).toEqual([])
      expect(resources('AWS::EC2::SecurityGroupEgress')).toEqual([])
      expect(only(resources('AWS::EC2::SecurityGroupIngress')).properties).toMatchObject({
        GroupId: { 'Fn::GetAtt': [cluster?.id, 'GroupId'] },
        SourceSecurityGroupId: { 'Fn::GetAtt': [clients?.id, 'GroupId'] },
        IpProtocol: 'tcp',
        FromPort: 5432,
        ToPort: 5432,
      })
      expect(only(resources('AWS::RDS::DBCluster')).properties).toMatchObject({
        Port: 5432,
        VpcSecurityGroupIds: [{ 'Fn::GetAtt': [cluster?.id, 'GroupId'] }],
      })
    })
  })
}
