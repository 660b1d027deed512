import type { EnvironmentSettings } from '../../../lib/environments.ts'
import { type Front, readAuthorities } from '../../../lib/front-settings.ts'
import type { Refusals } from '../context.ts'
import { type DeployedStack, isMade } from '../stacks.ts'

const authorityRefusals = ({ clientAuthority }: Front): Refusals =>
  readAuthorities(clientAuthority)
    .filter(({ validToDate }) => validToDate.getTime() <= Date.now())
    .map(
      ({ validTo }) =>
        `An authority in ${clientAuthority} has expired (${validTo}), so the API would refuse the front. See docs/deploying.md.`,
    )

/** The address of API Gateway that clients use until the front is there. */
const addressInUse = ({ name }: EnvironmentSettings, deployed: readonly DeployedStack[]): string | undefined =>
  deployed.filter(isMade).find(stack => stack.name === `nestegg-${name}-api`)?.outputs['Url']

const closingRefusals = (
  settings: EnvironmentSettings,
  { directAddress, domainName }: Front,
  deployed: readonly DeployedStack[],
): Refusals => {
  const address = addressInUse(settings, deployed)
  if (directAddress === 'open' || !address?.includes('.execute-api.')) return []
  return [
    `Clients of ${settings.name} use ${address}, which would be closed before https://${domainName} answers. Write "directAddress": "open" into its front and deploy, let the clients change over, then remove it and deploy again.`,
  ]
}

/** Refuses a front that could not reach the API, and one that would take the address from clients before it is there itself. */
export const frontRefusals = (settings: EnvironmentSettings, deployed: readonly DeployedStack[]): Refusals =>
  settings.front ? [...authorityRefusals(settings.front), ...closingRefusals(settings, settings.front, deployed)] : []
