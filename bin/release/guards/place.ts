import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { exampleAccounts } from '../../../lib/deployment.ts'
import type { EnvironmentSettings } from '../../../lib/environments.ts'
import { messageOf, type Refusals } from '../context.ts'

const account = async ({ name, account, region }: EnvironmentSettings): Promise<Refusals> => {
  try {
    const { Account } = await new STSClient({ region }).send(new GetCallerIdentityCommand({}))
    return Account === account
      ? []
      : [
          `The credentials belong to the account ${Account}, but deployment.json says ${account} for ${name}. Choose the profile of that account (AWS_PROFILE).`,
        ]
  } catch (error) {
    return [
      `AWS did not accept the credentials (${messageOf(error)}). Sign in to the account ${account} first, for example with "aws sso login", and choose its profile (AWS_PROFILE).`,
    ]
  }
}

/** The Region of the shell or of its profile. Other programs that are started next to these commands use it. */
const chosenRegion = async (): Promise<string | undefined> => {
  try {
    return await new STSClient({}).config.region()
  } catch {
    return undefined
  }
}

const sameRegion = async ({ name, region }: EnvironmentSettings): Promise<Refusals> => {
  const chosen = await chosenRegion()
  return chosen === undefined || chosen === region
    ? []
    : [
        `The Region of your shell or profile is ${chosen}, but deployment.json says ${region} for ${name}. Set AWS_REGION=${region}, or correct deployment.json.`,
      ]
}

/** Refuses an account that is an example, and credentials or a Region other than those of the environment. */
export const placeRefusals = async (settings: EnvironmentSettings): Promise<Refusals> => [
  ...(exampleAccounts.includes(settings.account)
    ? [
        `The account ${settings.account} of ${settings.name} is an example. Write your own account into deployment.json. See docs/deploying.md.`,
      ]
    : []),
  ...(await account(settings)),
  ...(await sameRegion(settings)),
]
