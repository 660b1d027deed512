import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { Deployed, DeployedFunction } from '../deployed.ts'
import { accepts, mayConnect, routedServices, waysOut } from '../network.ts'
import { type SdkUse, sdkUseOf } from '../sdk-use.ts'

const httpsPort = 443

export const networkFacts = (deployed: () => Deployed, use: () => ReadonlyMap<string, SdkUse>): void => {
  describe('the network', () => {
    const functions = (insideVpc: boolean): DeployedFunction[] =>
      deployed()
        .ownFunctions()
        .filter(lambda => lambda.insideVpc === insideVpc)
    const connects = (lambda: DeployedFunction): boolean => sdkUseOf(use(), lambda).signsTokens && 'DATABASE_HOST' in lambda.environment
    const nameOf = ({ domain, handler }: DeployedFunction): string => `${domain}/${handler}`

    it('has no way out of the VPC but the endpoints of services', () => {
      expect(waysOut(deployed())).toEqual([])
    })

    it('leads from inside the VPC to every AWS service that the code calls', () => {
      const unreachable = functions(true).flatMap(lambda => {
        const services = new Set(sdkUseOf(use(), lambda).commands.map(command => command.split(' ')[0]!))
        const routed = routedServices(deployed(), lambda)
        return [...services]
          .filter(service => !routed.includes(service) || !mayConnect(deployed(), lambda, '0.0.0.0/0', httpsPort))
          .map(service => `${nameOf(lambda)} ${service}`)
      })
      expect(functions(true).length).toBeGreaterThan(80)
      expect(unreachable).toEqual([])
    })

    it('lets functions inside the VPC that call no AWS service reach none', () => {
      const open = functions(true).filter(
        lambda => sdkUseOf(use(), lambda).commands.length === 0 && mayConnect(deployed(), lambda, '0.0.0.0/0', httpsPort),
      )
      expect(open.map(nameOf)).toEqual([])
    })

    it('leads from every function that connects to the database to the cluster, and has all of them inside the VPC', () => {
      const [cluster] = deployed().resources('AWS::RDS::DBCluster')
      const [vpc] = deployed().resources('AWS::EC2::VPC')
      const groups = z.array(z.string()).parse(cluster!.properties['VpcSecurityGroupIds'])
      const cut = [...functions(true), ...functions(false)].filter(connects).filter(lambda => {
        const port = Number(lambda.environment['DATABASE_PORT'])
        return !(
          lambda.insideVpc &&
          lambda.environment['DATABASE_HOST'] === deployed().attributeOf(cluster!, 'Endpoint.Address') &&
          port === cluster!.properties['Port'] &&
          mayConnect(deployed(), lambda, String(vpc!.properties['CidrBlock']), port) &&
          accepts(deployed(), groups, lambda, port)
        )
      })
      expect(cut.map(nameOf)).toEqual([])
    })
  })
}
