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

/** The output of a stack that is there. */
const outputOf = (deployed: readonly DeployedStack[], name: string, output: string): string | undefined =>
  deployed.filter(isMade).find(stack => stack.name === name)?.outputs[output]

const closingRefusals = (
  { name }: EnvironmentSettings,
  { directAddress, domainName }: Front,
  deployed: readonly DeployedStack[],
): Refusals => {
  const url = `https://${domainName}`
  const inUse = outputOf(deployed, `nestegg-${name}-front-plain`, 'Url') ?? outputOf(deployed, `nestegg-${name}-api`, 'DirectUrl')
  if (directAddress === 'open' || inUse === undefined || outputOf(deployed, `nestegg-${name}-front`, 'Url') === url) return []
  return [
    `Clients of ${name} use ${inUse}, which would be closed before ${url} answers. Write "directAddress": "open" into its front and deploy, let the clients change over, then remove it and deploy again.`,
  ]
}

/** Refuses a front that could not reach the API, and one that would take the address from clients before it is there itself. */
export const frontRefusals = (settings: EnvironmentSettings, deployed: readonly DeployedStack[]): Refusals =>
  settings.front ? [...authorityRefusals(settings.front), ...closingRefusals(settings, settings.front, deployed)] : []
