import { CfnOutput, Duration, Validations } from 'aws-cdk-lib'
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager'
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  type DistributionProps,
  Function,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginRequestPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { AaaaRecord, ARecord, HostedZone, type IHostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53'
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets'
import type { Construct } from 'constructs'
import type { Route } from '../lambdas/runtime/route.ts'
import { contentSecurityPolicy } from '../lambdas/runtime/security-headers.ts'
import { viewerAddressHeader } from '../lambdas/runtime/viewer-address.ts'
import type { ApiStack } from './api.ts'
import { AlarmTopics } from './constructs/alarm-topics.ts'
import { answerHeaders } from './constructs/answer-headers.ts'
import { ApiOrigin } from './constructs/api-origin.ts'
import { apiPathPatterns } from './constructs/api-paths.ts'
import { frontAlarms } from './constructs/front-alarms.ts'
import { FrontLog } from './constructs/front-log.ts'
import { NesteggStack } from './constructs/nestegg-stack.ts'
import { WebBucket } from './constructs/web-bucket.ts'
import { WebPublisher, type WebSources } from './constructs/web-publisher.ts'
import { WebRules } from './constructs/web-rules.ts'
import type { EnvironmentSettings } from './environments.ts'
import { type Front, frontRegion, originDomainOf, urlOf } from './front-settings.ts'
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

export interface FrontStackProps {
  readonly settings: EnvironmentSettings
  readonly routes: readonly Route[]
  readonly api: ApiStack
  readonly stage: StageStack
  readonly sources: WebSources
}

/**
 * The front: CloudFront on the address that users open. The paths of the routes go to the API, of which nothing is cached; all others to the
 * bucket of the web application. With the setting `front` it is in us-east-1, with a domain and a web application firewall, and only it
 * reaches the API. Without, it is in the Region of the environment, with an address of CloudFront.
 */
export class FrontStack extends NesteggStack {
  /** The address that users open. */
  readonly url: string

  constructor(scope: Construct, id: string, { settings, routes, api, stage, sources }: FrontStackProps) {
    const { front } = settings
    super(scope, id, {
      settings,
      ...(front && { region: frontRegion }),
      description: 'The front: CloudFront before the web application and the API',
    })
    this.addStackDependency(stage, 'The front sends requests to the API')
    const web = new WebBucket(this, 'Web', settings)
    const zone = front && HostedZone.fromHostedZoneId(this, 'Zone', front.hostedZoneId)
    const toApi = this.behaviorOfApi(front, api)
    const distribution = new Distribution(this, 'Distribution', {
      comment: `Nestegg ${settings.name}`,
      httpVersion: HttpVersion.HTTP2_AND_3,
      errorResponses: keptErrors.map(httpStatus => ({ httpStatus, ttl: Duration.seconds(0) })),
      defaultBehavior: web.pages,
      additionalBehaviors: {
        '/assets/*': web.assets,
        ...Object.fromEntries(apiPathPatterns(routes).map(pattern => [pattern, toApi])),
      },
      ...(front && zone ? this.ownDomain(front, zone) : {}),
    })
    new WebPublisher(this, 'Publisher', { settings, bucket: web.bucket, sources })
    this.url = urlOf(front ?? { domainName: distribution.distributionDomainName })
    new CfnOutput(this, 'Url', { value: this.url })
    Validations.of(distribution).acknowledge({
      id: 'AwsSolutions-CFR1',
      reason: 'Users of a household travel, so no country is refused as a whole.',
    })
    if (front && zone) this.protect(settings, front, zone, distribution)
    else this.leavePlain(distribution)
  }

  private behaviorOfApi(front: Front | undefined, api: ApiStack): BehaviorOptions {
    return {
      origin: front ? new ApiOrigin(originDomainOf(front), front.clientCertificateArn) : new ApiOrigin(api.directDomain),
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      // For the answers that do not come from a function. The functions send the same headers, which stay as they are.
      responseHeadersPolicy: answerHeaders(this, 'SecurityHeaders', { contentSecurityPolicy, override: false }),
      // The functions believe the address only if nobody can go past the front.
      ...(front && {
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
      }),
    }
  }

  private ownDomain({ domainName }: Front, zone: IHostedZone): Partial<DistributionProps> {
    return {
      domainNames: [domainName],
      certificate: new Certificate(this, 'Certificate', { domainName, validation: CertificateValidation.fromDns(zone) }),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      webAclId: new WebRules(this, 'Rules').acl.attrArn,
    }
  }

  /** The domain, the log and the alarms. CloudFront has the last two in us-east-1 only. */
  private protect(settings: EnvironmentSettings, front: Front, zone: IHostedZone, distribution: Distribution): void {
    const { clientCertificateArn, domainName } = front
    const target = RecordTarget.fromAlias(new CloudFrontTarget(distribution))
    // With the dot, the name is complete without that of the zone.
    new ARecord(this, 'Address', { zone, recordName: `${domainName}.`, target })
    new AaaaRecord(this, 'AddressV6', { zone, recordName: `${domainName}.`, target })
    new FrontLog(this, 'Log', { settings, distribution })
    frontAlarms(this, new AlarmTopics(this, 'Alarms', settings), { distribution, clientCertificateArn })
    Validations.of(distribution).acknowledge({
      id: 'AwsSolutions-CFR3',
      reason: 'Its access log goes to CloudWatch Logs (FrontLog), which the rule does not know yet.',
    })
  }

  private leavePlain(distribution: Distribution): void {
    this.exportValues(distribution.distributionDomainName)
    Validations.of(distribution).acknowledge(
      {
        id: 'AwsSolutions-CFR2',
        reason:
          'Everybody can reach the API at its own address too, so a firewall here would protect nothing. The setting `front` has one.',
      },
      {
        id: 'AwsSolutions-CFR3',
        reason: 'CloudFront hands its log out in us-east-1 only. The API has its own access log, and the pages contain no data of users.',
      },
      {
        id: 'AwsSolutions-CFR4',
        reason: 'The certificate of CloudFront itself takes no other policy. A domain of your own, with TLS 1.2, is the setting `front`.',
      },
    )
  }
}
