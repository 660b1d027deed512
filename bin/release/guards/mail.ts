import { GetAccountCommand, GetEmailIdentityCommand, NotFoundException, SESv2Client } from '@aws-sdk/client-sesv2'
import type { EnvironmentSettings } from '../../../lib/environments.ts'
import type { Refusals } from '../context.ts'

const identityRefusals = async (client: SESv2Client, { region, mail }: EnvironmentSettings): Promise<Refusals> => {
  const { identity } = mail
  try {
    const { VerifiedForSendingStatus } = await client.send(new GetEmailIdentityCommand({ EmailIdentity: identity }))
    return VerifiedForSendingStatus
      ? []
      : [
          `SES has not verified ${identity} in ${region} yet. Publish the DNS records that it shows, and wait: aws sesv2 get-email-identity --region ${region} --email-identity ${identity}`,
        ]
  } catch (error) {
    if (!(error instanceof NotFoundException)) throw error
    return [
      `SES does not know ${identity} in ${region}. Create it, and publish the DNS records that it answers with: aws sesv2 create-email-identity --region ${region} --email-identity ${identity}`,
    ]
  }
}

const sandboxRefusals = async (client: SESv2Client, { region }: EnvironmentSettings): Promise<Refusals> => {
  const { ProductionAccessEnabled } = await client.send(new GetAccountCommand({}))
  return ProductionAccessEnabled
    ? []
    : [
        `The account is in the sandbox of SES in ${region}, which sends to verified addresses only, so nobody could sign up. Request production access in the console of SES. See docs/deploying.md.`,
      ]
}

/** Refuses an environment that sends its codes by SES, if SES would not send them to everybody. */
export const mailRefusals = async (settings: EnvironmentSettings): Promise<Refusals> => {
  if (settings.codesSentBy !== 'ses') return []
  const client = new SESv2Client({ region: settings.region })
  return (await Promise.all([identityRefusals(client, settings), sandboxRefusals(client, settings)])).flat()
}
