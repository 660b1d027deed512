import * as z from 'zod'
import { UnpricedResource } from '../resources.ts'
import { hoursOfMonth } from '../schedules.ts'
import { gigabytes, usage, type UsageOf } from '../usage.ts'
import { dataApiCalls } from './database.ts'
import { scheduledWork } from './functions.ts'

export const keyUsage: UsageOf = (keys, _, load) => [usage('keys', keys.length, 'key'), usage('uses of keys', dataApiCalls(load), 'keyUse')]

export const secretUsage: UsageOf = (all, _, load) => [
  usage('secrets', all.length, 'secret'),
  usage('reads of secrets', dataApiCalls(load), 'secretRead'),
]

/** A pool without a tier is in Essentials. */
export const userPoolUsage: UsageOf = (pools, _, load) => {
  const other = pools.find(({ properties }) => ![undefined, 'ESSENTIALS'].includes(properties['UserPoolTier'] as string | undefined))
  if (other) throw new UnpricedResource(other, 'has a tier without a price')
  return [
    usage('users who sign in', load.users.times(pools.length), 'activeUser'),
    usage('codes and invitations', load.mailsPerMonth, 'mail'),
  ]
}

export const topicUsage: UsageOf = (_, __, load) => [usage('mails of alarms', load.alarmMailsPerMonth, 'notification')]

export const scheduleUsage: UsageOf = (_, environment) => [
  usage(
    'starts of jobs',
    scheduledWork(environment).reduce((total, { times }) => total + times.length, 0),
    'schedule',
  ),
]

export const bucketUsage: UsageOf = (_, __, load) => {
  const parts = load.largeRunsPerMonth.times(load.partsPerLargeRun)
  return [
    usage('files', load.fileGigabytes, 'files'),
    usage('results of parts', parts, 'filePut'),
    usage('results of parts', parts, 'fileGet'),
  ]
}

/** CloudFront reads from an API without a charge for the transfer, and is charged for its own. */
export const apiUsage: UsageOf = (_, environment, load) => [
  usage('requests', load.requestsPerMonth, 'apiRequest'),
  ...(environment.of('AWS::CloudFront::Distribution').length === 0
    ? [usage('responses', gigabytes(load.requestsPerMonth, load.responseKilobytes), 'internet')]
    : []),
]

/** Requests that CloudFront answers itself are few beside those to the API: a browser keeps the files of the website. */
export const distributionUsage: UsageOf = (_, __, load) => [
  usage('requests', load.requestsPerMonth, 'edgeRequest'),
  usage('responses', gigabytes(load.requestsPerMonth, load.responseKilobytes), 'edgeTransfer'),
]

/** As if each function ran for each request: that of the pages and that of the API share them. */
export const edgeFunctionUsage: UsageOf = (functions, _, load) => [
  usage('functions at the edge', load.requestsPerMonth.times(functions.length), 'edgeFunction'),
]

const webAcl = z.object({ Rules: z.array(z.unknown()).default([]) })

/** A managed group of AWS counts as one rule. Bot and fraud control cost more, which is not counted. */
export const webAclUsage: UsageOf = (acls, _, load) => [
  usage('web ACLs', acls.length, 'webAcl'),
  usage(
    'rules',
    acls.reduce((total, { properties }) => total + webAcl.parse(properties).Rules.length, 0),
    'webAclRule',
  ),
  usage('inspected requests', load.requestsPerMonth.times(acls.length), 'inspectedRequest'),
]

const endpoint = z.object({ VpcEndpointType: z.string().default('Gateway'), SubnetIds: z.array(z.unknown()).default([]) })

/** Gateway endpoints are free. Others are billed per zone; the data through them is not counted. */
export const endpointUsage: UsageOf = endpoints =>
  endpoints.flatMap(resource => {
    const { SubnetIds, VpcEndpointType } = endpoint.parse(resource.properties)
    if (VpcEndpointType === 'Gateway') return []
    if (VpcEndpointType !== 'Interface' || SubnetIds.length === 0) throw new UnpricedResource(resource, 'is of a type without a price')
    return [usage('interface endpoints', SubnetIds.length * hoursOfMonth, 'interfaceEndpoint')]
  })
