import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDeployments } from '../../lib/deployment.ts'
import { readAuthorities } from '../../lib/front-settings.ts'
import { authority, expiredAuthority, noAuthority } from '../support/certificates.ts'
import { temporaryFolder } from './temporary-folder.ts'

const support = join(import.meta.dirname, '../support')
const complete = JSON.parse(readFileSync(join(support, 'deployment.json'), 'utf8')) as { prod: { front: object } }

/** The front of prod, read from a file in which it has these changes. The file of the authority is beside it. */
const read = (changes: object) => {
  const folder = temporaryFolder()
  const file = join(folder, 'deployment.json')
  writeFileSync(file, JSON.stringify({ ...complete, prod: { ...complete.prod, front: { ...complete.prod.front, ...changes } } }))
  copyFileSync(join(support, 'front-authority.pem'), join(folder, 'front-authority.pem'))
  return readDeployments(file).prod.front
}

/** A file with that text in another folder. */
const file = (text: string) => {
  const path = join(temporaryFolder(), 'authority.pem')
  writeFileSync(path, text)
  return path
}

describe('the front in deployment.json', () => {
  it('is closed to other ways in, unless they are opened', () => {
    expect(read({})).toMatchObject({ domainName: 'app.nestegg.example', directAddress: 'closed' })
    expect(read({ directAddress: 'open' })).toMatchObject({ directAddress: 'open' })
  })

  it.each([
    [{ domainName: 'https://app.nestegg.example' }, 'prod.front.domainName: a domain in lower case'],
    [{ domainName: 'localhost' }, 'prod.front.domainName: a domain in lower case'],
    [{ domainName: `${'a'.repeat(46)}.nestegg.example` }, 'prod.front.domainName: '],
    [{ hostedZoneId: 'app.nestegg.example' }, 'prod.front.hostedZoneId: the id of a hosted zone of Route 53'],
    [
      { clientCertificateArn: 'arn:aws:acm:us-east-2:333333333333:certificate/0' },
      'prod.front.clientCertificateArn: the ARN of a certificate of ACM in us-east-1',
    ],
    [
      { clientCertificateArn: 'arn:aws:acm:us-east-1:444455556666:certificate/0' },
      'prod.front.clientCertificateArn: a certificate of the account 333333333333; this one belongs to 444455556666',
    ],
    [{ directAddress: 'perhaps' }, 'prod.front.directAddress: '],
    [{ clientAuthority: 'nowhere.pem' }, 'prod.front.clientAuthority: a PEM file with the certificate of the authority, but ENOENT'],
    [{ secret: '1' }, 'prod.front: '],
  ])('%j is refused by name', (changes, message) => {
    expect(() => read(changes)).toThrow(message)
  })

  it.each([
    ['nothing', '', 'it has no certificate in PEM'],
    ['a private key', `${authority}-----BEGIN PRIVATE KEY-----\nMA==\n-----END PRIVATE KEY-----\n`, 'and no private key'],
    [
      'an encrypted key',
      `${authority}-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMA==\n-----END RSA PRIVATE KEY-----\n`,
      'no private key',
    ],
    [
      'a certificate of no authority',
      `${authority}${noAuthority}`,
      'it has a certificate that is not one of an authority (CN=app.nestegg.example)',
    ],
    ['a broken certificate', '-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n', 'prod.front.clientAuthority'],
  ])('a file of authorities with %s is refused', (_, text, message) => {
    expect(() => read({ clientAuthority: file(text) })).toThrow(message)
  })

  it('may name two authorities, while one follows the other', () => {
    expect(readAuthorities(read({ clientAuthority: file(`old\n${expiredAuthority}new\n${authority}`) })!.clientAuthority)).toHaveLength(2)
  })
})
