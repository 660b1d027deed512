import type { EnvironmentSettings } from '../../../lib/environments.ts'
import { messageOf, type Refusals } from '../context.ts'
import { bootstrapRefusals } from './bootstrap.ts'
import { domainRefusals } from './domain.ts'
import { lambdaQuotaRefusals } from './lambda-quota.ts'
import { mailRefusals } from './mail.ts'

/** A check that cannot be made refuses: what it would have found appears later, in the middle of a deployment. */
const checked = async (subject: string, check: Promise<Refusals>): Promise<Refusals> => {
  try {
    return await check
  } catch (error) {
    return [`${subject} could not be checked: ${messageOf(error)}. The credentials need the rights that docs/deploying.md lists.`]
  }
}

/** Refuses an account that lacks what the environment needs. All checks are made, whatever the others find. */
export const accountRefusals = async (settings: EnvironmentSettings, bootstrapVersion: number): Promise<Refusals> =>
  (
    await Promise.all([
      checked('The preparation for the CDK', bootstrapRefusals(settings, bootstrapVersion)),
      checked('The quota of Lambda', lambdaQuotaRefusals(settings)),
      checked('Mail', mailRefusals(settings)),
      checked('The domain of the front', domainRefusals(settings)),
    ])
  ).flat()
