import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { pageHeaders } from '../../../lambdas/runtime/security-headers.ts'
import { refusal } from '../access.ts'
import type { Deployed } from '../deployed.ts'
import { behaviorFor, codeOf, distributionConfig, onlyOf } from '../distribution.ts'

/** The policy of CloudFront itself: "CachingOptimized". */
const cachedForLong = '658327ea-f89d-4fab-a63d-7e88639e58f6'

const asset = '/assets/app-1a2b3c4d.js'

export const webFacts = (deployed: () => Deployed): void => {
  const origin = () => distributionConfig(deployed()).Origins.find(({ Id }) => Id === 'web')!
  const bucket = () =>
    deployed()
      .resources('AWS::S3::Bucket')
      .find(({ stack }) => stack === onlyOf(deployed(), 'AWS::CloudFront::Distribution').stack)!

  describe('the web application', () => {
    it('comes from a bucket that only this distribution may read, by TLS', async () => {
      const access = onlyOf(deployed(), 'AWS::CloudFront::OriginAccessControl')
      expect(origin()).toMatchObject({
        DomainName: `${bucket().name}.s3.us-east-1.amazonaws.com`,
        OriginAccessControlId: access.name,
        OriginPath: '/pages',
        S3OriginConfig: { OriginAccessIdentity: '' },
      })
      expect(bucket().properties).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
      })
      const read = (context: Readonly<Record<string, string>>) =>
        refusal(deployed(), 'cloudfront.amazonaws.com', { action: 's3:GetObject', on: `${bucket().arn}/pages/index.html`, context })
      const source = { 'aws:SourceArn': onlyOf(deployed(), 'AWS::CloudFront::Distribution').arn! }
      expect(await read(source)).toBeUndefined()
      expect(await read({ 'aws:SourceArn': `arn:aws:cloudfront::${deployed().account}:distribution/EANOTHER` })).toMatch(/Denied$/)
      expect(await read({ ...source, 'aws:SecureTransport': 'false' })).toMatch(/Denied$/)
    })

    it.each(['/', '/plans', '/planning/plans/0190', '/favicon.svg', '/v1', '/healthy', asset])('has the path %s', path => {
      const { AllowedMethods, Compress, OriginRequestPolicyId, TargetOriginId } = behaviorFor(deployed(), path)
      expect([TargetOriginId, AllowedMethods, Compress, OriginRequestPolicyId]).toEqual(['web', ['GET', 'HEAD'], true, undefined])
    })

    it.each([
      ['/', '/index.html'],
      ['/plans', '/index.html'],
      ['/plans/0190/', '/index.html'],
      ['/market/BRK.B', '/index.html'],
      ['/a.b/c', '/index.html'],
      ['/index.html', '/index.html'],
      ['/favicon.svg', '/favicon.svg'],
      ['/manifest.webmanifest', '/manifest.webmanifest'],
      ['/old.js', '/old.js'],
    ])('answers %s with %s', (uri, file) => {
      const code = codeOf(deployed(), behaviorFor(deployed(), uri))
      const request = { method: 'GET', uri, querystring: { tab: { value: 'a.b' } }, headers: {} }
      expect(runInNewContext(`${code};handler(event)`, { event: { request: { ...request } } })).toEqual({ ...request, uri: file })
    })

    it('never answers a missing asset with the page', () => {
      expect(behaviorFor(deployed(), asset).FunctionAssociations).toEqual([])
    })

    it('keeps assets at the edge, and asks for all other files each time', () => {
      expect(behaviorFor(deployed(), asset).CachePolicyId).toBe(cachedForLong)
      const policy = onlyOf(deployed(), 'AWS::CloudFront::CachePolicy')
      expect(behaviorFor(deployed(), '/').CachePolicyId).toBe(policy.name)
      expect(policy.properties['CachePolicyConfig']).toMatchObject({
        MinTTL: 0,
        DefaultTTL: 0,
        ParametersInCacheKeyAndForwardedToOrigin: {
          EnableAcceptEncodingBrotli: true,
          EnableAcceptEncodingGzip: true,
          CookiesConfig: { CookieBehavior: 'none' },
          HeadersConfig: { HeaderBehavior: 'none' },
          QueryStringsConfig: { QueryStringBehavior: 'none' },
        },
      })
    })

    it('has the headers of its pages on every file, whatever the bucket says', () => {
      const [page, script] = ['/', asset].map(path => behaviorFor(deployed(), path).ResponseHeadersPolicyId)
      expect(page).toBe(script)
      const policy = deployed()
        .resources('AWS::CloudFront::ResponseHeadersPolicy')
        .find(({ name }) => name === page)!
      const own = pageHeaders()
      expect(policy.properties['ResponseHeadersPolicyConfig']).toMatchObject({
        SecurityHeadersConfig: {
          ContentSecurityPolicy: { ContentSecurityPolicy: own['content-security-policy'], Override: true },
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: own['x-frame-options'], Override: true },
          ReferrerPolicy: { ReferrerPolicy: own['referrer-policy'], Override: true },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, Override: true },
        },
        CustomHeadersConfig: {
          Items: ['cross-origin-opener-policy', 'permissions-policy'].map(Header => ({ Header, Value: own[Header], Override: true })),
        },
      })
    })

    it('is published again when one of its files changes, by a function that has them as a layer', () => {
      const [publisher] = deployed().functionsOf('operations/publish-web')
      const { properties } = deployed().byArn(publisher!.arn)
      expect(z.array(z.string()).parse(properties['Layers'])).toEqual([onlyOf(deployed(), 'AWS::Lambda::LayerVersion').arn])
      expect(publisher!.environment).toMatchObject({ WEB_BUCKET: bucket().name, WEB_FOLDER: '/opt' })
      expect(publisher!.insideVpc).toBe(false)
      expect(onlyOf(deployed(), 'Custom::WebRelease').properties).toMatchObject({
        bucket: bucket().name,
        files: expect.stringMatching(/^[0-9a-f]{64}$/),
      })
    })
  })
}
