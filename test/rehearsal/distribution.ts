import * as z from 'zod'
import type { Deployed, DeployedResource } from './deployed.ts'

const behavior = z.looseObject({
  PathPattern: z.string().default('*'),
  TargetOriginId: z.string(),
  AllowedMethods: z.array(z.string()),
  CachePolicyId: z.string(),
  OriginRequestPolicyId: z.string().optional(),
  ResponseHeadersPolicyId: z.string(),
  ViewerProtocolPolicy: z.string(),
  Compress: z.boolean(),
  FunctionAssociations: z.array(z.object({ EventType: z.string(), FunctionARN: z.string() })).default([]),
})
export type Behavior = z.infer<typeof behavior>
const distribution = z.object({
  DistributionConfig: z.looseObject({
    Aliases: z.array(z.string()),
    CacheBehaviors: z.array(behavior),
    DefaultCacheBehavior: behavior,
    Origins: z.array(z.looseObject({ Id: z.string(), DomainName: z.string() })),
  }),
})

/** Whether a path matches a pattern of CloudFront, in which `*` stands for any text and `?` for one character. */
const matches = (pattern: string, path: string): boolean =>
  new RegExp(
    `^/?${pattern
      .replace(/^\//, '')
      .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(path)

/** The only resource of its type. @throws {Error} if there is none or another one. */
export const onlyOf = (deployed: Deployed, type: string): DeployedResource => {
  const [resource, ...others] = deployed.resources(type)
  if (resource === undefined || others.length > 0) throw new Error(`There must be exactly one ${type}.`)
  return resource
}

export const distributionConfig = (deployed: Deployed) =>
  distribution.parse(onlyOf(deployed, 'AWS::CloudFront::Distribution').properties).DistributionConfig

/** The behavior of CloudFront for a path: the first one that matches. */
export const behaviorFor = (deployed: Deployed, path: string): Behavior => {
  const { CacheBehaviors, DefaultCacheBehavior } = distributionConfig(deployed)
  return CacheBehaviors.find(({ PathPattern }) => matches(PathPattern, path)) ?? DefaultCacheBehavior
}

/** The code of the function of CloudFront that a behavior runs before a request. */
export const codeOf = (deployed: Deployed, { FunctionAssociations: [association] }: Behavior): string =>
  z.string().parse(deployed.byArn(association!.FunctionARN).properties['FunctionCode'])
