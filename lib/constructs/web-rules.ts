import { Stack } from 'aws-cdk-lib'
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2'
import { Construct } from 'constructs'

/**
 * The requests of one address in five minutes, ten a second on average. A household, an office or a mobile network behind one address stays
 * below it; a program that tries passwords or walks through the API does not.
 */
const requestsPerAddress = 3_000
const windowSeconds = 300

const tooManyRequests = 'TooManyRequests'

interface RuleGroup {
  readonly name: string
  /** Rules that only count, each of which would block requests that the API accepts. Default: none. */
  readonly counted?: readonly string[]
}

/** @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html */
const ruleGroups: readonly RuleGroup[] = [
  { name: 'AWSManagedRulesAmazonIpReputationList' },
  {
    name: 'AWSManagedRulesCommonRuleSet',
    counted: [
      // A plan has up to 200,000 bytes and a file of bars more. The functions check the size of each body.
      'SizeRestrictions_BODY',
      // Names, notes and imported files are text of users, in which "../", "<b onclick" or an address is nothing bad. The functions take closed
      // schemas only, PostgreSQL gets text as parameters, and no answer is shown as a page.
      'CrossSiteScripting_BODY',
      'EC2MetaDataSSRF_BODY',
      'GenericLFI_BODY',
      'GenericRFI_BODY',
      // The API has no files, and symbols in paths have dots: BRK.B, VOD.L.
      'RestrictedExtensions_URIPATH',
      // Programs that use the API need not say who they are.
      'NoUserAgent_HEADER',
    ],
  },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet' },
]

const visible = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  // The console and `get-sampled-requests` show what was blocked in the last three hours.
  sampledRequestsEnabled: true,
})

const managed = ({ name, counted }: RuleGroup, priority: number): CfnWebACL.RuleProperty => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ruleActionOverrides: counted?.map(rule => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
  visibilityConfig: visible(name),
})

const rateLimit = (priority: number): CfnWebACL.RuleProperty => ({
  name: tooManyRequests,
  priority,
  action: {
    block: {
      customResponse: {
        responseCode: 429,
        customResponseBodyKey: tooManyRequests,
        responseHeaders: [{ name: 'retry-after', value: String(windowSeconds) }],
      },
    },
  },
  statement: {
    rateBasedStatement: { aggregateKeyType: 'IP', limit: requestsPerAddress, evaluationWindowSec: windowSeconds },
  },
  visibilityConfig: visible(tooManyRequests),
})

/** The web application firewall of the front: rules that AWS keeps, and a limit of requests per address. All other requests are let through. */
export class WebRules extends Construct {
  readonly acl: CfnWebACL

  constructor(scope: Construct, id: string) {
    super(scope, id)
    this.acl = new CfnWebACL(this, 'Acl', {
      description: `The front of ${Stack.of(this).stackName}`,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      customResponseBodies: {
        [tooManyRequests]: {
          contentType: 'APPLICATION_JSON',
          content: JSON.stringify({
            type: 'about:blank',
            title: 'Too many requests',
            status: 429,
            detail: `One address may send ${requestsPerAddress} requests in ${windowSeconds / 60} minutes.`,
          }),
        },
      },
      // The limit comes first: it counts every request, also those that the other rules block.
      rules: [rateLimit(0), ...ruleGroups.map((group, index) => managed(group, index + 1))],
      visibilityConfig: visible('Front'),
    })
  }
}
