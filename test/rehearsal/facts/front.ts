import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { viewerAddressHeader } from '../../../lambdas/runtime/viewer-address.ts'
import { routes } from '../../../lambdas/routes.ts'
import { securityHeaders } from '../../../lambdas/runtime/security-headers.ts'
import { environmentSettings } from '../../../lib/environments.ts'
import type { Deployed, DeployedResource } from '../deployed.ts'
import { behaviorFor, codeOf, distributionConfig, onlyOf } from '../distribution.ts'
import { deployedRoutes } from '../http-api.ts'

/** The policies of CloudFront itself: "CachingDisabled" and "AllViewerExceptHostHeader". */
const notCached = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'
const everythingButHost = 'b689b0a8-53d0-40ab-baf2-68738e2966ac'

const recordSchema = z.object({ Name: z.string(), Type: z.string(), AliasTarget: z.object({ DNSName: z.string() }) })

export const frontFacts = (deployed: () => Deployed): void => {
  const only = (type: string): DeployedResource => onlyOf(deployed(), type)
  const config = () => distributionConfig(deployed())
  /** The behavior for all requests to the API. */
  const toApi = () => behaviorFor(deployed(), '/v1/planning/plans')
  const apiOrigin = () => config().Origins.find(({ Id }) => Id === toApi().TargetOriginId)!
  const front = environmentSettings('prod').front!
  const records = () =>
    deployed()
      .resources('AWS::Route53::RecordSet')
      .map(({ properties }) => recordSchema.parse(properties))

  describe('the front', () => {
    it('is the only way to the API', () => {
      expect(only('AWS::ApiGatewayV2::Api').properties['DisableExecuteApiEndpoint']).toBe(true)
      const domain = only('AWS::ApiGatewayV2::DomainName')
      expect(domain.properties).toMatchObject({
        DomainName: `origin.${front.domainName}`,
        DomainNameConfigurations: [
          { EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2', CertificateArn: expect.stringContaining(':us-east-2:') },
        ],
        MutualTlsAuthentication: {
          TruststoreUri: expect.stringMatching(
            new RegExp(`^s3://cdk-hnb659fds-assets-${deployed().account}-us-east-2/[0-9a-f]{64}\\.pem$`),
          ),
        },
      })
      expect(
        deployed().byArn(
          z.array(z.object({ CertificateArn: z.string() })).parse(domain.properties['DomainNameConfigurations'])[0]!.CertificateArn,
        ),
      ).toMatchObject({
        properties: { DomainName: domain.name, DomainValidationOptions: [{ DomainName: domain.name, HostedZoneId: front.hostedZoneId }] },
      })
      expect(only('AWS::ApiGatewayV2::ApiMapping').properties).toMatchObject({
        ApiId: only('AWS::ApiGatewayV2::Api').name,
        DomainName: domain.name,
        Stage: only('AWS::ApiGatewayV2::Stage').name,
      })
    })

    it('sends its requests to the domain of the API, and shows the certificate', () => {
      expect(apiOrigin()).toMatchObject({
        DomainName: only('AWS::ApiGatewayV2::DomainName').name,
        CustomOriginConfig: {
          OriginMtlsConfig: { ClientCertificateArn: front.clientCertificateArn },
          OriginProtocolPolicy: 'https-only',
          OriginSSLProtocols: ['TLSv1.2'],
        },
      })
    })

    it('sends every route to the API, with its method, without a copy of the answer', () => {
      const reached = deployedRoutes(deployed()).map(({ method, path, routeKey }) => {
        const behavior = behaviorFor(deployed(), path.replaceAll(/\{\w+\}/g, 'x'))
        const { AllowedMethods, CachePolicyId, OriginRequestPolicyId, TargetOriginId } = behavior
        const sent = AllowedMethods.includes(method) && AllowedMethods.includes('OPTIONS')
        return [routeKey, TargetOriginId, sent, CachePolicyId, OriginRequestPolicyId]
      })
      expect(reached.length).toBeGreaterThan(100)
      expect(reached).toEqual(reached.map(([routeKey]) => [routeKey, 'api', true, notCached, everythingButHost]))
    })

    it('refuses no route for what it is sent: CloudFront takes no body with a GET', () => {
      expect(routes.filter(({ body, bulkBody, method }) => method === 'GET' && (body ?? bulkBody) !== undefined)).toEqual([])
    })

    it('gives no user the refusal of another one: CloudFront keeps these errors for ten seconds if nothing is said', () => {
      const kept = [404, 405, 414, 500, 501, 502, 503, 504]
      expect(config()['CustomErrorResponses']).toEqual(kept.map(ErrorCode => ({ ErrorCode, ErrorCachingMinTTL: 0 })))
    })

    it('waits longer than API Gateway, so that it never sends a request again that the API still works on', () => {
      expect(apiOrigin()).toMatchObject({ CustomOriginConfig: { OriginReadTimeout: 40 } })
      expect(Math.max(...deployedRoutes(deployed()).map(({ function: { timeoutSeconds } }) => timeoutSeconds))).toBeLessThanOrEqual(30)
    })

    it('speaks TLS 1.2 at least, and HTTPS only', () => {
      const certificate = z.looseObject({ AcmCertificateArn: z.string() }).parse(config()['ViewerCertificate'])
      expect(certificate).toMatchObject({ MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' })
      expect(deployed().byArn(certificate.AcmCertificateArn)).toMatchObject({ properties: { DomainName: front.domainName } })
      expect(certificate.AcmCertificateArn).toContain(':us-east-1:')
      // A browser is led from HTTP to the page. A program that sends its token by HTTP is refused.
      const policies = [config().DefaultCacheBehavior, ...config().CacheBehaviors].map(({ TargetOriginId, ViewerProtocolPolicy }) => [
        TargetOriginId,
        ViewerProtocolPolicy,
      ])
      expect(policies).toContainEqual(['web', 'redirect-to-https'])
      expect(policies.filter(([origin, policy]) => policy !== (origin === 'api' ? 'https-only' : 'redirect-to-https'))).toEqual([])
    })

    it('answers at its domain, by IPv4 and IPv6, and the API at its own', () => {
      const address = deployed().attributeOf(only('AWS::CloudFront::Distribution'), 'DomainName')
      const own = deployed().attributeOf(only('AWS::ApiGatewayV2::DomainName'), 'RegionalDomainName')
      expect(config()).toMatchObject({ Aliases: [front.domainName], IPV6Enabled: true, Enabled: true, HttpVersion: 'http2and3' })
      expect(records().map(({ AliasTarget, Name, Type }) => [Name, Type, AliasTarget.DNSName])).toEqual([
        [`origin.${front.domainName}.`, 'A', own],
        [`${front.domainName}.`, 'A', address],
        [`${front.domainName}.`, 'AAAA', address],
      ])
    })

    it('has a firewall', () => {
      const acl = only('AWS::WAFv2::WebACL')
      expect(config()['WebACLId']).toBe(acl.arn)
      expect(acl.properties).toMatchObject({ Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} } })
      const rules = z.array(z.looseObject({ Name: z.string(), Priority: z.number() })).parse(acl.properties['Rules'])
      expect(rules.map(({ Name, Priority }) => [Priority, Name])).toEqual([
        [0, 'TooManyRequests'],
        [1, 'AWSManagedRulesAmazonIpReputationList'],
        [2, 'AWSManagedRulesCommonRuleSet'],
        [3, 'AWSManagedRulesKnownBadInputsRuleSet'],
      ])
    })

    it('blocks no body for its size or for its words, which the functions check, and no symbol with a dot', () => {
      const [, , common] = z.array(z.looseObject({ Statement: z.unknown() })).parse(only('AWS::WAFv2::WebACL').properties['Rules'])
      const { RuleActionOverrides } = z
        .object({
          ManagedRuleGroupStatement: z.object({ RuleActionOverrides: z.array(z.object({ Name: z.string(), ActionToUse: z.unknown() })) }),
        })
        .parse(common!.Statement).ManagedRuleGroupStatement
      const counted = ['SizeRestrictions', 'CrossSiteScripting', 'EC2MetaDataSSRF', 'GenericLFI', 'GenericRFI'].map(rule => `${rule}_BODY`)
      expect(RuleActionOverrides).toEqual(
        [...counted, 'RestrictedExtensions_URIPATH', 'NoUserAgent_HEADER'].map(Name => ({ Name, ActionToUse: { Count: {} } })),
      )
    })

    it('passes the address of the viewer on, and never what the viewer says of it', () => {
      expect(toApi().FunctionAssociations).toMatchObject([{ EventType: 'viewer-request' }])
      const code = codeOf(deployed(), toApi())
      const pass = (headers: object) =>
        runInNewContext(`${code};handler(event)`, {
          event: { viewer: { ip: '2001:db8::7' }, request: { method: 'GET', headers } },
        }) as object
      const forged = { value: '203.0.113.1', multiValue: [{ value: '203.0.113.1' }, { value: '203.0.113.2' }] }
      const host = { value: front.domainName }
      for (const headers of [{ host }, { host, [viewerAddressHeader]: forged }])
        expect(pass(headers)).toEqual({ method: 'GET', headers: { host, [viewerAddressHeader]: { value: '2001:db8::7' } } })
    })

    it('adds the security headers of the functions to the answers that come from elsewhere', () => {
      const policy = deployed()
        .resources('AWS::CloudFront::ResponseHeadersPolicy')
        .find(({ name }) => name === toApi().ResponseHeadersPolicyId)!
      const own = securityHeaders()
      expect(policy.properties['ResponseHeadersPolicyConfig']).toMatchObject({
        SecurityHeadersConfig: {
          ContentSecurityPolicy: { ContentSecurityPolicy: own['content-security-policy'], Override: false },
          ContentTypeOptions: { Override: false },
          FrameOptions: { FrameOption: own['x-frame-options'], Override: false },
          ReferrerPolicy: { ReferrerPolicy: own['referrer-policy'], Override: false },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, Override: false },
        },
      })
    })

    it('logs who asked for what, without queries and cookies', () => {
      const delivery = only('AWS::Logs::Delivery')
      const source = only('AWS::Logs::DeliverySource')
      const destination = only('AWS::Logs::DeliveryDestination')
      expect(source.properties).toMatchObject({ LogType: 'ACCESS_LOGS', ResourceArn: only('AWS::CloudFront::Distribution').arn })
      expect(deployed().byArn(String(destination.properties['DestinationResourceArn']).replace(/:\*$/, ''))).toMatchObject({
        type: 'AWS::Logs::LogGroup',
        properties: { RetentionInDays: 365 },
      })
      expect(delivery.properties).toMatchObject({ DeliverySourceName: source.name, DeliveryDestinationArn: destination.arn })
      const fields = z.array(z.string()).parse(delivery.properties['RecordFields'])
      expect(fields).toEqual(expect.arrayContaining(['c-ip', 'cs-uri-stem', 'sc-status', 'x-edge-detailed-result-type']))
      expect(fields.filter(field => /query|cookie|referer/i.test(field))).toEqual([])
    })

    it('reports the end of the certificate before it comes', () => {
      const alarm = deployed()
        .resources('AWS::CloudWatch::Alarm')
        .find(({ properties }) => properties['MetricName'] === 'DaysToExpiry')!
      expect(alarm.properties).toMatchObject({
        Namespace: 'AWS/CertificateManager',
        Dimensions: [{ Name: 'CertificateArn', Value: front.clientCertificateArn }],
        ComparisonOperator: 'LessThanThreshold',
        Threshold: 45,
      })
      expect(alarm.stack).toBe('nestegg-prod-front')
    })
  })
}
