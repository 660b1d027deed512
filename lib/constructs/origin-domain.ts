import { ApiMapping, DomainName, EndpointType, type HttpStage, SecurityPolicy } from 'aws-cdk-lib/aws-apigatewayv2'
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager'
import { ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53'
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets'
import { Asset } from 'aws-cdk-lib/aws-s3-assets'
import { Construct } from 'constructs'
import { type Front, originDomainOf } from '../front-settings.ts'

/**
 * The domain of the API that the front sends its requests to. It accepts only clients with a certificate of the front's authority, so that
 * nobody goes past the front.
 */
export class OriginDomain extends Construct {
  constructor(scope: Construct, id: string, { front, stage }: { readonly front: Front; readonly stage: HttpStage }) {
    super(scope, id)
    const zone = HostedZone.fromHostedZoneId(this, 'Zone', front.hostedZoneId)
    const domainName = originDomainOf(front)
    const authority = new Asset(this, 'Authority', { path: front.clientAuthority })
    const domain = new DomainName(this, 'Domain', {
      domainName,
      certificate: new Certificate(this, 'Certificate', { domainName, validation: CertificateValidation.fromDns(zone) }),
      endpointType: EndpointType.REGIONAL,
      securityPolicy: SecurityPolicy.TLS_1_2,
      mtls: { bucket: authority.bucket, key: authority.s3ObjectKey },
    })
    new ApiMapping(this, 'Mapping', { api: stage.api, stage, domainName: domain }).node.addDependency(stage)
    new ARecord(this, 'Address', {
      zone,
      // With the dot, the name is complete without that of the zone.
      recordName: `${domainName}.`,
      target: RecordTarget.fromAlias(new ApiGatewayv2DomainProperties(domain.regionalDomainName, domain.regionalHostedZoneId)),
    })
  }
}
