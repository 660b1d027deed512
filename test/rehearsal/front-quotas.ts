import * as z from 'zod'
import type { DeployedResource } from './deployed.ts'
import { docs, each, length, type Quota } from './measures.ts'

const cloudFront = `${docs}/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html`

/** The capacity units of rules, as the pages of AWS give them. A rule group that is not here is not counted without a look at its page. */
const capacityUnits: Readonly<Record<string, number>> = {
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesCommonRuleSet: 700,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
}
const webRule = z.object({
  Statement: z.union([
    z.strictObject({ ManagedRuleGroupStatement: z.object({ Name: z.string() }) }),
    // Two units, and nothing for a scope, which has none.
    z.strictObject({
      RateBasedStatement: z.strictObject({ AggregateKeyType: z.literal('IP'), Limit: z.number(), EvaluationWindowSec: z.number() }),
    }),
  ]),
})
const unitsOf = ({ properties }: DeployedResource): number =>
  z
    .array(webRule)
    .parse(properties['Rules'])
    .reduce(
      (total, { Statement }) =>
        total + ('RateBasedStatement' in Statement ? 2 : (capacityUnits[Statement.ManagedRuleGroupStatement.Name] ?? NaN)),
      0,
    )

const distribution = z.object({
  DistributionConfig: z.object({
    Aliases: z.array(z.string()),
    CacheBehaviors: z.array(z.unknown()),
    Origins: z.array(
      z.object({ CustomOriginConfig: z.object({ OriginReadTimeout: z.number(), OriginKeepaliveTimeout: z.number() }).optional() }),
    ),
  }),
})
const headersPolicy = z.object({
  ResponseHeadersPolicyConfig: z.object({
    CustomHeadersConfig: z.object({ Items: z.array(z.unknown()) }).default({ Items: [] }),
  }),
})
/** A size of each distribution. */
const eachDistribution = (size: (config: z.infer<typeof distribution>['DistributionConfig']) => number) =>
  each('AWS::CloudFront::Distribution', ({ properties }) => size(distribution.parse(properties).DistributionConfig))

/** The quotas of AWS that a front could reach. */
export const frontQuotas: readonly Quota[] = [
  { what: 'names of a distribution', atMost: 100, source: cloudFront, measure: eachDistribution(({ Aliases }) => Aliases.length) },
  {
    what: 'seconds that CloudFront waits for the API',
    atMost: 120,
    source: cloudFront,
    measure: eachDistribution(({ Origins }) =>
      Math.max(...Origins.map(({ CustomOriginConfig }) => CustomOriginConfig?.OriginReadTimeout ?? 0)),
    ),
  },
  {
    what: 'seconds that CloudFront keeps a connection to the API',
    atMost: 120,
    source: cloudFront,
    measure: eachDistribution(({ Origins }) =>
      Math.max(...Origins.map(({ CustomOriginConfig }) => CustomOriginConfig?.OriginKeepaliveTimeout ?? 0)),
    ),
  },
  {
    what: 'cache behaviors of a distribution, besides the default one',
    atMost: 25,
    source: cloudFront,
    measure: eachDistribution(({ CacheBehaviors }) => CacheBehaviors.length),
  },
  {
    what: 'headers that a policy adds of its own',
    atMost: 10,
    source: cloudFront,
    measure: each(
      'AWS::CloudFront::ResponseHeadersPolicy',
      ({ properties }) => headersPolicy.parse(properties).ResponseHeadersPolicyConfig.CustomHeadersConfig.Items.length,
    ),
  },
  {
    what: 'characters of the name of an origin access control',
    atMost: 64,
    source: `${docs}/cloudfront/latest/APIReference/API_OriginAccessControlConfig.html`,
    measure: each(
      'AWS::CloudFront::OriginAccessControl',
      ({ properties }) => z.object({ Name: z.string() }).parse(properties['OriginAccessControlConfig']).Name.length,
    ),
  },
  {
    what: 'bytes of a function of CloudFront',
    atMost: 10_240,
    source: cloudFront,
    measure: each('AWS::CloudFront::Function', length('FunctionCode')),
  },
  {
    what: 'characters of the name of a function of CloudFront',
    atMost: 64,
    source: `${docs}/cloudfront/latest/APIReference/API_CreateFunction.html`,
    measure: each('AWS::CloudFront::Function', length('Name')),
  },
  {
    what: 'capacity units of a web ACL at the basic price',
    atMost: 1_500,
    source: `${docs}/waf/latest/developerguide/aws-waf-capacity-units.html`,
    measure: each('AWS::WAFv2::WebACL', unitsOf),
  },
  {
    what: 'characters of the name of a delivery of logs',
    atMost: 60,
    source: `${docs}/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliverySource.html`,
    measure: each('AWS::Logs::DeliverySource', length('Name')),
  },
]
