import { describe, expect, it } from 'vitest'
import { at, only, type Synthesized } from '../synthesized.ts'

export const networkFacts = (synthesized: () => Synthesized): void => {
  describe('network', () => {
    it('has no way out and nothing that is paid by the hour', () => {
      const { resources } = synthesized()
      for (const type of ['AWS::EC2::NatGateway', 'AWS::EC2::InternetGateway', 'AWS::EC2::EIP', 'AWS::RDS::DBProxy']) {
        expect(resources(type), type).toEqual([])
      }
      expect(resources('AWS::EC2::VPCEndpoint').map(({ properties }) => properties['VpcEndpointType'])).toEqual(['Gateway'])
      expect(resources('AWS::EC2::Route')).toEqual([])
    })

    it('spans two zones and logs its flows', () => {
      const { resources } = synthesized()
      expect(resources('AWS::EC2::Subnet')).toHaveLength(2)
      expect(only(resources('AWS::EC2::FlowLog')).properties).toMatchObject({ ResourceType: 'VPC', TrafficType: 'ALL' })
    })

    it('lets the clients of the database reach it on its port, and nothing else', () => {
      const { resources } = synthesized()
      const groups = resources('AWS::EC2::SecurityGroup')
      const nowhere = { CidrIp: '255.255.255.255/32', FromPort: 252, ToPort: 86 }
      for (const { id, properties } of groups) {
        expect(properties['SecurityGroupIngress'], id).toBeUndefined()
        const egress = properties['SecurityGroupEgress']
        if (egress !== undefined) expect(egress, id).toEqual([expect.objectContaining(nowhere)])
      }
      const ingress = only(resources('AWS::EC2::SecurityGroupIngress')).properties
      const egress = only(resources('AWS::EC2::SecurityGroupEgress')).properties
      expect(at(ingress, 'GroupId')).toEqual(at(egress, 'DestinationSecurityGroupId'))
      expect(at(ingress, 'SourceSecurityGroupId')).toEqual(at(egress, 'GroupId'))
      expect(at(ingress, 'FromPort')).toEqual({ 'Fn::GetAtt': [only(resources('AWS::RDS::DBCluster')).id, 'Endpoint.Port'] })
    })
  })
}
