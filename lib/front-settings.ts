import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import * as z from 'zod'

/** CloudFront reads its certificates and its web ACLs from this Region only. */
export const frontRegion = 'us-east-1'

/** The domain of the API that only the front can reach. */
export const originDomainOf = ({ domainName }: Pick<Front, 'domainName'>): string => `origin.${domainName}`

/** The address that users open. */
export const urlOf = ({ domainName }: Pick<Front, 'domainName'>): string => `https://${domainName}`

/** The certificates in a PEM file. Throws if it cannot be read, or has anything else than certificates. */
export const readAuthorities = (file: string): readonly X509Certificate[] => {
  const text = readFileSync(file, 'utf8')
  const kinds = [...text.matchAll(/-----BEGIN ([^-]+)-----/g)].map(([, kind]) => kind)
  if (kinds.some(kind => kind !== 'CERTIFICATE')) throw new Error('it must have certificates only, and no private key')
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  if (blocks.length === 0) throw new Error('it has no certificate in PEM')
  return blocks.map(block => new X509Certificate(block))
}

const reasonAgainst = (file: string): string | undefined => {
  try {
    const others = readAuthorities(file).filter(({ ca }) => !ca)
    return others.length === 0 ? undefined : `it has a certificate that is not one of an authority (${others[0]!.subject})`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const authorityFile = z
  .string()
  .min(1)
  .superRefine((file, context) => {
    const reason = reasonAgainst(file)
    if (reason !== undefined)
      context.addIssue({ code: 'custom', message: `a PEM file with the certificate of the authority, but ${reason}`, input: file })
  })

export const front = z
  .strictObject({
    domainName: z
      .string()
      // The domain of the API has seven more characters, and a certificate at most 64.
      .max(57)
      .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, 'a domain in lower case, such as app.your.domain')
      .describe('The domain that users open.'),
    hostedZoneId: z
      .string()
      .regex(/^Z[A-Z0-9]+$/, 'the id of a hosted zone of Route 53: Z0123ABC…')
      .describe('The public zone of the account that answers for the domain.'),
    clientCertificateArn: z
      .string()
      .regex(
        new RegExp(`^arn:aws:acm:${frontRegion}:\\d{12}:certificate/[\\w-]+$`),
        `the ARN of a certificate of ACM in ${frontRegion}, where CloudFront looks for it`,
      )
      .describe('The certificate that CloudFront shows to the API.'),
    clientAuthority: authorityFile.describe('The PEM file with the certificate of the authority that issued it. It is no secret.'),
    directAddress: z
      .enum(['closed', 'open'])
      .default('closed')
      .describe('`open` while clients still use the address of API Gateway, which the front does not protect.'),
  })
  .describe(
    'A domain and a web application firewall for the front. Left out: it has an address of CloudFront, and everybody can go past it.',
  )

/** The front of an environment. `clientAuthority` is an absolute path. */
export type Front = z.infer<typeof front>

/**
 * The stack of the front, without the name of the environment. Without the setting it is a stack of its own: it is in another Region, and stays
 * until clients know the domain.
 */
export const frontStackOf = (settings: { readonly front?: Front | undefined }): string => (settings.front ? 'front' : 'front-plain')
