import { Duration, Stack, Validations } from 'aws-cdk-lib'
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Function,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  type IResponseHeadersPolicy,
  S3OriginAccessControl,
  Signing,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { webContentSecurityPolicy, webHeaders, yearSeconds } from '../../lambdas/runtime/security-headers.ts'
import { fileExtension, indexFile, pagesFolder } from '../../lambdas/runtime/web-files.ts'
import type { EnvironmentSettings } from '../environments.ts'
import { answerHeaders } from './answer-headers.ts'

/** Answers every path of a page with the page. Error pages of CloudFront would do that to the 403 and 404 of the API too. */
const showPage = `function handler(event) {
  if (!${fileExtension}.test(event.request.uri)) event.request.uri = '/${indexFile}'
  return event.request
}
`

/** The private bucket of the web application, and how CloudFront answers from it. */
export class WebBucket extends Construct {
  readonly bucket: Bucket
  /** For every path of a page, and for files without a hash in their names. */
  readonly pages: BehaviorOptions
  /** For files with a hash in their names, which never change. A missing one is an error, and no page. */
  readonly assets: BehaviorOptions

  constructor(scope: Construct, id: string, { removalPolicy }: Pick<EnvironmentSettings, 'removalPolicy'>) {
    super(scope, id)
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      removalPolicy,
    })
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Holds the files of the web application, which everybody may read through CloudFront. They contain no data of users.',
    })
    const shared = {
      origin: S3BucketOrigin.withOriginAccessControl(this.bucket, {
        originId: 'web',
        originPath: `/${pagesFolder}`,
        originAccessControl: new S3OriginAccessControl(this, 'Access', {
          originAccessControlName: `${Stack.of(this).stackName}-web`,
          signing: Signing.SIGV4_ALWAYS,
        }),
      }),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      compress: true,
      responseHeadersPolicy: this.headers(),
    }
    this.assets = { ...shared, cachePolicy: CachePolicy.CACHING_OPTIMIZED }
    this.pages = {
      ...shared,
      cachePolicy: this.revalidation(),
      functionAssociations: [
        {
          eventType: FunctionEventType.VIEWER_REQUEST,
          function: new Function(this, 'ShowPage', {
            comment: 'Answers the paths of pages with the page of the web application',
            code: FunctionCode.fromInline(showPage),
            runtime: FunctionRuntime.JS_2_0,
          }),
        },
      ],
    }
  }

  /**
   * Asks the bucket each time whether a file has changed, as its `Cache-Control: no-cache` says. So a release needs no invalidation. The
   * policy of AWS, with its minimum of a second, would keep such a file for that second.
   */
  private revalidation(): CachePolicy {
    return new CachePolicy(this, 'Revalidation', {
      cachePolicyName: `${Stack.of(this).stackName}-revalidation`,
      comment: 'Keeps a file as long as its Cache-Control says',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.seconds(yearSeconds),
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    })
  }

  private headers(): IResponseHeadersPolicy {
    return answerHeaders(this, 'Headers', { contentSecurityPolicy: webContentSecurityPolicy, others: webHeaders, override: true })
  }
}
