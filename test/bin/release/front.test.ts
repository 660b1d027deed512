import { type CertificateDetail, DescribeCertificateCommand, ResourceNotFoundException } from '@aws-sdk/client-acm'
import { type CloudFormationClient, DescribeStacksCommand, GetTemplateCommand } from '@aws-sdk/client-cloudformation'
import { GetHostedZoneCommand, type HostedZone, NoSuchHostedZone } from '@aws-sdk/client-route-53'
import { DeleteObjectsCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3'
import { mockClient } from 'aws-sdk-client-mock'
import { describe, expect, it, onTestFinished } from 'vitest'
import { deployArguments, destroyArguments } from '../../../bin/release/cdk.ts'
import { accountRefusals } from '../../../bin/release/guards/account.ts'
import { frontRefusals } from '../../../bin/release/guards/front.ts'
import { runDeploy, runDestroy, runDiff } from '../../../bin/release/program.ts'
import { deployedStacks } from '../../../bin/release/stacks.ts'
import { authority, expiredAuthority } from '../../support/certificates.ts'
import { account, healthyAccount, settingsWithFront, type StackInAccount, trial } from './account.ts'

const settings = settingsWithFront(authority)
const distribution = (comment: string) => ({
  Resources: { Distribution: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: { Comment: comment } } } },
})
const empty = { Resources: {} }
const templates = { 'nestegg-prod-api': empty, 'nestegg-prod-front': distribution('a') }
const deployed: Readonly<Record<string, StackInAccount>> = {
  'nestegg-prod-api': { template: empty, isProtected: true },
  'nestegg-prod-front': {
    template: distribution('a'),
    isProtected: true,
    region: 'us-east-1',
    outputs: { Url: 'https://app.nestegg.example' },
  },
}
const readSettings = () => settings

type Account = ReturnType<typeof healthyAccount>
const noZone = new NoSuchHostedZone({ message: 'No hosted zone', $metadata: {} })
const noCertificate = new ResourceNotFoundException({ message: 'No certificate', $metadata: {} })
const zone = (route53: Account['route53'], changes: Partial<HostedZone>) =>
  route53.on(GetHostedZoneCommand).resolves({ HostedZone: { Id: 'Z1', Name: 'nestegg.example.', CallerReference: '1', ...changes } })
const certificate = (acm: Account['acm'], Certificate: CertificateDetail) => acm.on(DescribeCertificateCommand).resolves({ Certificate })

/** The Regions in which a command was sent for a stack. */
const regionsOf = (calls: readonly { thisValue: unknown }[]) =>
  Promise.all(calls.map(({ thisValue }) => (thisValue as CloudFormationClient).config.region()))

describe('an environment with a front', () => {
  it('has stacks in two Regions, each found once and compared where it is', async () => {
    const { cloudFormation } = healthyAccount(deployed)
    const { tools, written } = trial(templates, { readSettings })
    expect(await runDiff(['prod', '--json'], tools)).toBe(0)
    expect(JSON.parse(written.out)).toMatchObject({ stacks: [], leftStacks: [] })
    const reads = cloudFormation.commandCalls(GetTemplateCommand)
    expect(reads.map(({ args }) => args[0].input.StackName)).toEqual(['nestegg-prod-api', 'nestegg-prod-front'])
    expect(await regionsOf(reads)).toEqual(['us-east-2', 'us-east-1'])
  })

  it('in us-east-1 has all stacks in one Region', async () => {
    const own = { ...settings, region: 'us-east-1' }
    healthyAccount({ 'nestegg-prod-api': { region: 'us-east-1' }, 'nestegg-prod-front': { region: 'us-east-1' } })
    expect((await deployedStacks(own)).map(({ name }) => name)).toEqual(['nestegg-prod-api', 'nestegg-prod-front'])
  })

  it('is deployed, and its address is that of the front', async () => {
    healthyAccount(deployed)
    const { cdkCalls, tools, written } = trial(templates, { readSettings })
    expect(await runDeploy(['prod'], tools)).toBe(0)
    expect(cdkCalls).toEqual([deployArguments('cdk.out/prod')])
    expect(written.out).toContain('prod is deployed: https://app.nestegg.example\n')
  })

  it('is not deployed while a stack of the front is in a state that only an operator can end', async () => {
    healthyAccount({ ...deployed, 'nestegg-prod-front': { region: 'us-east-1', status: 'UPDATE_ROLLBACK_FAILED' } })
    const { tools, written } = trial(templates, { readSettings })
    expect(await runDeploy(['prod'], tools)).toBe(3)
    expect(written.error).toContain('aws cloudformation continue-update-rollback --region us-east-1 --stack-name nestegg-prod-front')
  })

  it('needs the preparation for the CDK in both Regions', async () => {
    const { cloudFormation } = healthyAccount()
    const missing = Object.assign(new Error('Stack with id CDKToolkit does not exist'), { name: 'ValidationError' })
    const inRegion = { Stacks: [{ Outputs: [{ OutputKey: 'BootstrapVersion', OutputValue: '30' }] }] }
    cloudFormation.on(DescribeStacksCommand, { StackName: 'CDKToolkit' }).callsFake(async (_, getClient: () => CloudFormationClient) => {
      if ((await getClient().config.region()) === 'us-east-1') throw missing
      return inRegion
    })
    expect(await accountRefusals(settings, 6)).toEqual([
      `The account ${account} is not prepared for the CDK in us-east-1. Run: npx cdk bootstrap aws://${account}/us-east-1`,
    ])
    expect(await accountRefusals({ ...settings, front: undefined }, 6)).toEqual([])
  })

  it('is destroyed in both Regions, each bucket in its own', async () => {
    const bucket = { Resources: { Logs: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Delete' } } }
    healthyAccount({
      'nestegg-prod-api': { template: bucket, resources: { Logs: 'logs-2' } },
      'nestegg-prod-front': { template: bucket, resources: { Logs: 'logs-1' }, region: 'us-east-1' },
    })
    const s3 = mockClient(S3Client)
    onTestFinished(() => s3.restore())
    s3.on(ListObjectVersionsCommand).resolves({})
    const { cdkCalls, tools } = trial(templates, { readSettings })
    expect(await runDestroy(['prod', '--yes-destroy', 'prod'], tools)).toBe(0)
    expect(cdkCalls).toEqual([destroyArguments('cdk.out/prod')])
    const lists = s3.commandCalls(ListObjectVersionsCommand)
    const regions = await Promise.all(lists.map(({ thisValue }) => (thisValue as S3Client).config.region()))
    expect(lists.map(({ args }, index) => [args[0].input.Bucket, regions[index]])).toEqual([
      ['logs-2', 'us-east-2'],
      ['logs-1', 'us-east-1'],
    ])
    expect(s3.commandCalls(DeleteObjectsCommand)).toEqual([])
  })
})

describe('a front', () => {
  const stack = (name: string, outputs: Readonly<Record<string, string>>, status = 'UPDATE_COMPLETE') => ({
    name: `nestegg-prod-${name}`,
    region: 'us-east-2',
    status,
    isProtected: true,
    outputs,
  })
  const direct = stack('api', { DirectUrl: 'https://a1b2c3.execute-api.us-east-2.amazonaws.com' })
  const plain = stack('front-plain', { Url: 'https://d1.cloudfront.net' })
  const answering = { Url: 'https://app.nestegg.example' }
  const refusalFor = (address: string) => [
    `Clients of prod use ${address}, which would be closed before https://app.nestegg.example answers. Write "directAddress": "open" into its front and deploy, let the clients change over, then remove it and deploy again.`,
  ]

  it('is not closed around an address that clients use, before it answers itself', () => {
    expect(frontRefusals(settings, [direct])).toEqual(refusalFor('https://a1b2c3.execute-api.us-east-2.amazonaws.com'))
    expect(frontRefusals(settings, [direct, plain])).toEqual(refusalFor('https://d1.cloudfront.net'))
    const failed = stack('front', answering, 'ROLLBACK_COMPLETE')
    expect(frontRefusals(settings, [direct, plain, failed])).toEqual(refusalFor('https://d1.cloudfront.net'))
    expect(frontRefusals(settingsWithFront(authority, { directAddress: 'open' }), [direct, plain])).toEqual([])
    expect(frontRefusals(settings, [direct, plain, stack('front', answering)])).toEqual([])
    expect(frontRefusals(settings, [])).toEqual([])
  })

  it('is refused with an authority that has expired, beside a valid one too', () => {
    expect(frontRefusals(settingsWithFront(`${authority}${expiredAuthority}`), [])).toEqual([
      expect.stringContaining('has expired (Jan  1 00:00:00 2021 GMT)'),
    ])
  })

  it('is not missed where there is none', () => {
    expect(frontRefusals({ ...settings, front: undefined }, [direct])).toEqual([])
  })
})

describe('the domain and the certificate of a front', () => {
  const refusals = () => accountRefusals(settings, 6)

  it('are accepted if the DNS leads to the zone and ACM has the certificate', async () => {
    const { dns } = healthyAccount()
    expect(await refusals()).toEqual([])
    expect(dns.mock.calls).toEqual([['nestegg.example']])
  })

  it.each([
    ['the zone is not there', ({ route53 }: Account) => route53.on(GetHostedZoneCommand).rejects(noZone), 'The account has no hosted zone'],
    ['the zone is private', ({ route53 }: Account) => zone(route53, { Config: { PrivateZone: true } }), 'is private'],
    [
      'the zone is that of another domain',
      ({ route53 }: Account) => zone(route53, { Name: 'egg.example.' }),
      'is that of egg.example, which does not contain app.nestegg.example',
    ],
    [
      'the DNS leads to other name servers',
      ({ dns }: Account) => dns.mockResolvedValue(['ns.elsewhere.example']),
      'Publish these NS records where its parent is kept, and wait until dig shows them: ns-1.awsdns.example, ns-2.awsdns.example',
    ],
    [
      'the DNS does not know the domain',
      ({ dns }: Account) => dns.mockRejectedValue(Object.assign(new Error('queryNs ENOTFOUND'), { code: 'ENOTFOUND' })),
      'The DNS does not lead to the hosted zone of nestegg.example',
    ],
    [
      'the DNS does not answer',
      ({ dns }: Account) => dns.mockRejectedValue(Object.assign(new Error('queryNs ETIMEOUT'), { code: 'ETIMEOUT' })),
      'The domain of the front could not be checked: queryNs ETIMEOUT',
    ],
    [
      'the certificate is not there',
      ({ acm }: Account) => acm.on(DescribeCertificateCommand).rejects(noCertificate),
      'is not in ACM in us-east-1',
    ],
    ['the certificate has expired', ({ acm }: Account) => certificate(acm, { Status: 'EXPIRED' }), 'is EXPIRED. Import a valid one.'],
    [
      'the certificate is for servers',
      ({ acm }: Account) => certificate(acm, { Status: 'ISSUED', ExtendedKeyUsages: [{ Name: 'TLS_WEB_SERVER_AUTHENTICATION' }] }),
      'its extended key usage lacks clientAuth',
    ],
  ] as const)('are refused if %s', async (_, change, message) => {
    change(healthyAccount())
    expect(await refusals()).toEqual([expect.stringContaining(message)])
  })
})
