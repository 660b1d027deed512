import { Duration, Validations } from 'aws-cdk-lib'
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager'
import {
  AllowedMethods,
  CachePolicy,
  type CfnDistribution,
  Distribution,
  Function,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import { AaaaRecord, ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53'
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets'
import type { Construct } from 'constructs'
import { contentSecurityPolicy, yearSeconds } from '../lambdas/runtime/security-headers.ts'
import { viewerAddressHeader } from '../lambdas/runtime/viewer-address.ts'
import { AlarmTopics } from './constructs/alarm-topics.ts'
import { frontAlarms } from './constructs/front-alarms.ts'
import { FrontLog } from './constructs/front-log.ts'
import { NesteggStack } from './constructs/nestegg-stack.ts'
import { WebRules } from './constructs/web-rules.ts'
import type { EnvironmentSettings } from './environments.ts'
import { type Front, frontRegion, originDomainOf } from './front-settings.ts'
import type { StageStack } from './stage.ts'

/** Sets the address of the viewer, whatever the viewer sent under that name. A function of CloudFront fails closed: without it, no answer. */
const passAddressOn = `function handler(event) {
  event.request.headers['${viewerAddressHeader}'] = { value: event.viewer.ip }
  return event.request
}
`

/**
 * The errors that CloudFront keeps for ten seconds, also if the answer says `no-store`. One user would get the answer to the request of
 * another one.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html#HTTPStatusCodes-cached-errors
 */
const keptErrors = [404, 405, 414, 500, 501, 502, 503, 504]

/** Longer than the 30 seconds of API Gateway: CloudFront would send a GET again that it gave up. */
const answerTimeout = Duration.seconds(40)

export interface FrontStackProps {
  readonly settings: EnvironmentSettings
  readonly front: Front
  readonly stage: StageStack
}

/**
 * The front: CloudFront with a web application firewall, on the domain that users open. Everything goes to the API and nothing is cached.
 * The web pages come here as another origin, with a behavior for the paths of the API before it.
 */
export class FrontStack extends NesteggStack {
  constructor(scope: Construct, id: string, { settings, front, stage }: FrontStackProps) {
    super(scope, id, { settings, region: frontRegion, description: 'The front: CloudFront and its firewall before the API' })
    this.addStackDependency(stage, 'The front sends its requests to the domain of the API')
    const { domainName } = front
    const zone = HostedZone.fromHostedZoneId(this, 'Zone', front.hostedZoneId)
    const distribution = new Distribution(this, 'Distribution', {
      comment: `Nestegg ${settings.name}`,
      domainNames: [domainName],
      certificate: new Certificate(this, 'Certificate', { domainName, validation: CertificateValidation.fromDns(zone) }),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: HttpVersion.HTTP2_AND_3,
      webAclId: new WebRules(this, 'Rules').acl.attrArn,
      errorResponses: keptErrors.map(httpStatus => ({ httpStatus, ttl: Duration.seconds(0) })),
      defaultBehavior: {
        origin: new HttpOrigin(originDomainOf(front), {
          originId: 'api',
          protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
          originSslProtocols: [OriginSslPolicy.TLS_V1_2],
          readTimeout: answerTimeout,
          keepaliveTimeout: Duration.seconds(60),
        }),
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        responseHeadersPolicy: this.securityHeaders(),
        functionAssociations: [
          {
            eventType: FunctionEventType.VIEWER_REQUEST,
            function: new Function(this, 'PassAddressOn', {
              comment: 'Passes the address of the viewer on to the API',
              code: FunctionCode.fromInline(passAddressOn),
              runtime: FunctionRuntime.JS_2_0,
            }),
          },
        ],
      },
    })
    // The constructs of CDK do not know the certificate of an origin yet.
    const resource = distribution.node.defaultChild as CfnDistribution
    resource.addPropertyOverride('DistributionConfig.Origins.0.CustomOriginConfig.OriginMtlsConfig', {
      ClientCertificateArn: front.clientCertificateArn,
    })
    const target = RecordTarget.fromAlias(new CloudFrontTarget(distribution))
    // With the dot, the name is complete without that of the zone.
    new ARecord(this, 'Address', { zone, recordName: `${domainName}.`, target })
    new AaaaRecord(this, 'AddressV6', { zone, recordName: `${domainName}.`, target })
    new FrontLog(this, 'Log', { settings, distribution })
    frontAlarms(this, new AlarmTopics(this, 'Alarms', settings), { distribution, clientCertificateArn: front.clientCertificateArn })
    Validations.of(distribution).acknowledge(
      { id: 'AwsSolutions-CFR1', reason: 'Users of a household travel, so no country is refused as a whole.' },
      { id: 'AwsSolutions-CFR3', reason: 'Its access log goes to CloudWatch Logs (FrontLog), which the rule does not know yet.' },
    )
  }

  /** For the answers that do not come from a function. The functions send the same headers, which stay as they are. */
  private securityHeaders(): ResponseHeadersPolicy {
    const override = false
    return new ResponseHeadersPolicy(this, 'SecurityHeaders', {
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy, override },
        contentTypeOptions: { override },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override },
        strictTransportSecurity: { accessControlMaxAge: Duration.seconds(yearSeconds), override },
      },
    })
  }
}
