import dns from 'node:dns/promises'
import { ACMClient, DescribeCertificateCommand, ResourceNotFoundException } from '@aws-sdk/client-acm'
import { GetHostedZoneCommand, NoSuchHostedZone, Route53Client } from '@aws-sdk/client-route-53'
import type { EnvironmentSettings } from '../../../lib/environments.ts'
import { type Front, frontRegion } from '../../../lib/front-settings.ts'
import type { Refusals } from '../context.ts'

/** The name servers that the DNS of the world names for a domain; none if it does not know the domain. */
const nameServersOf = async (domain: string): Promise<readonly string[]> => {
  try {
    return await dns.resolveNs(domain)
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOTFOUND' || error.code === 'ENODATA')) return []
    throw error
  }
}

const withoutDot = (name: string): string => name.replace(/\.$/, '').toLowerCase()

/** A deployment waits for the certificates of the domain, and they for a record in the zone, which nobody finds without a delegation. */
const zoneRefusals = async ({ region }: EnvironmentSettings, { domainName, hostedZoneId }: Front): Promise<Refusals> => {
  try {
    const { DelegationSet, HostedZone } = await new Route53Client({ region }).send(new GetHostedZoneCommand({ Id: hostedZoneId }))
    const zone = withoutDot(HostedZone?.Name ?? '')
    if (HostedZone?.Config?.PrivateZone) return [`The hosted zone ${hostedZoneId} is private. The front needs a public one.`]
    if (domainName !== zone && !domainName.endsWith(`.${zone}`))
      return [`The hosted zone ${hostedZoneId} is that of ${zone}, which does not contain ${domainName}.`]
    const own = new Set((DelegationSet?.NameServers ?? []).map(withoutDot))
    const found = await nameServersOf(zone)
    if (found.some(server => own.has(withoutDot(server)))) return []
    return [
      `The DNS does not lead to the hosted zone of ${zone}. Publish these NS records where its parent is kept, and wait until dig shows them: ${[...own].join(', ')}`,
    ]
  } catch (error) {
    if (!(error instanceof NoSuchHostedZone)) throw error
    return [`The account has no hosted zone ${hostedZoneId}. See "The front" in docs/deploying.md.`]
  }
}

const certificateRefusals = async ({ clientCertificateArn }: Front): Promise<Refusals> => {
  const certificate = `The certificate ${clientCertificateArn}, which the front shows to the API,`
  try {
    const client = new ACMClient({ region: frontRegion })
    const { Certificate } = await client.send(new DescribeCertificateCommand({ CertificateArn: clientCertificateArn }))
    const status = Certificate?.Status
    // ACM may name no uses of a certificate that it has not issued itself.
    const uses = (Certificate?.ExtendedKeyUsages ?? []).map(({ Name }) => Name)
    return [
      ...(status === 'ISSUED'
        ? []
        : [`${certificate} is ${status ?? 'in no state'}. Import a valid one. See "The front" in docs/deploying.md.`]),
      ...(uses.length === 0 || uses.includes('TLS_WEB_CLIENT_AUTHENTICATION')
        ? []
        : [`${certificate} is not for clients: its extended key usage lacks clientAuth.`]),
    ]
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error
    return [`${certificate} is not in ACM in ${frontRegion}. See "The front" in docs/deploying.md.`]
  }
}

/** Refuses a front of which the domain does not lead to its zone, or of which the certificate cannot be used. */
export const domainRefusals = async (settings: EnvironmentSettings): Promise<Refusals> => {
  const { front } = settings
  return front === undefined ? [] : (await Promise.all([zoneRefusals(settings, front), certificateRefusals(front)])).flat()
}
