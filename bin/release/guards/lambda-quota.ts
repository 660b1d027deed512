import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  NoSuchResourceException,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas'
import type { EnvironmentSettings } from '../../../lib/environments.ts'
import type { Refusals } from '../context.ts'

/** "Concurrent executions" of Lambda. */
const quota = { ServiceCode: 'lambda', QuotaCode: 'L-B99A9384' } as const

const currentQuota = async (region: string): Promise<number> => {
  const client = new ServiceQuotasClient({ region })
  try {
    return (await client.send(new GetServiceQuotaCommand(quota))).Quota?.Value ?? 0
  } catch (error) {
    // The account has the default value.
    if (!(error instanceof NoSuchResourceException)) throw error
    return (await client.send(new GetAWSDefaultServiceQuotaCommand(quota))).Quota?.Value ?? 0
  }
}

/** Refuses an account that may run fewer functions at a time than `deployment.json` says. */
export const lambdaQuotaRefusals = async ({ name, region, lambdaConcurrency }: EnvironmentSettings): Promise<Refusals> => {
  const value = await currentQuota(region)
  if (value >= lambdaConcurrency) return []
  return [
    `The account may run ${value} functions at a time in ${region}, but deployment.json says ${lambdaConcurrency} for ${name} (lambdaConcurrency). Request the quota, or write ${value}: aws service-quotas request-service-quota-increase --region ${region} --service-code ${quota.ServiceCode} --quota-code ${quota.QuotaCode} --desired-value ${Math.max(1_000, lambdaConcurrency)}`,
  ]
}
