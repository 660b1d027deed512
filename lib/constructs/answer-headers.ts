import { Duration } from 'aws-cdk-lib'
import { HeadersFrameOption, HeadersReferrerPolicy, ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront'
import type { Construct } from 'constructs'
import { yearSeconds } from '../../lambdas/runtime/security-headers.ts'

export interface AnswerHeadersProps {
  readonly contentSecurityPolicy: string
  /** Headers for which CloudFront has no setting of its own. */
  readonly others?: Readonly<Record<string, string>>
  /** Whether these headers take the place of those of the origin. */
  readonly override: boolean
}

/** The security headers that CloudFront adds to answers. */
export const answerHeaders = (
  scope: Construct,
  id: string,
  { contentSecurityPolicy, others, override }: AnswerHeadersProps,
): ResponseHeadersPolicy =>
  new ResponseHeadersPolicy(scope, id, {
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy, override },
      contentTypeOptions: { override },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override },
      strictTransportSecurity: { accessControlMaxAge: Duration.seconds(yearSeconds), override },
    },
    ...(others && {
      customHeadersBehavior: { customHeaders: Object.entries(others).map(([header, value]) => ({ header, value, override })) },
    }),
  })
