import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import worldDns from 'node:dns/promises'
import { ACMClient, DescribeCertificateCommand } from '@aws-sdk/client-acm'
import { CloudFormationClient, DescribeStacksCommand, GetTemplateCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation'
import { GetHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53'
import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas'
import { GetAccountCommand, GetEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { mockClient } from 'aws-sdk-client-mock'
import { onTestFinished, vi } from 'vitest'
import type { Tools } from '../../../bin/release/context.ts'
import type { EnvironmentName } from '../../../lib/deployment.ts'
import { type EnvironmentSettings, environmentSettings } from '../../../lib/environments.ts'
import type { Front } from '../../../lib/front-settings.ts'
import { temporaryFolder } from '../../lib/temporary-folder.ts'

export const account = '444455556666'

/** The settings of an environment without a front, in an account that is no example. */
export const settingsOf = (name: EnvironmentName): EnvironmentSettings => ({ ...environmentSettings(name), account, front: undefined })

/** The settings of prod with a front, whose authority is that PEM text. */
export const settingsWithFront = (pem: string, changes: Partial<Front> = {}): EnvironmentSettings => {
  const clientAuthority = join(temporaryFolder(), 'authority.pem')
  writeFileSync(clientAuthority, pem)
  return { ...settingsOf('prod'), front: { ...environmentSettings('prod').front!, clientAuthority, ...changes } }
}

export interface StackInAccount {
  /** Default: that of the environment. */
  readonly region?: string
  readonly status?: string
  readonly isProtected?: boolean
  readonly template?: unknown
  readonly outputs?: Readonly<Record<string, string>>
  /** Physical ids by logical id. */
  readonly resources?: Readonly<Record<string, string>>
}

/** An account that has everything which an environment needs, with these stacks. Tests change what they try. */
export const healthyAccount = (stacks: Readonly<Record<string, StackInAccount>> = {}) => {
  const { region, lambdaConcurrency } = settingsOf('prod')
  vi.stubEnv('AWS_REGION', region)
  const mocks = {
    sts: mockClient(STSClient),
    cloudFormation: mockClient(CloudFormationClient),
    quotas: mockClient(ServiceQuotasClient),
    ses: mockClient(SESv2Client),
    route53: mockClient(Route53Client),
    acm: mockClient(ACMClient),
  }
  onTestFinished(() => Object.values(mocks).forEach(mock => mock.restore()))
  const dns = vi.spyOn(worldDns, 'resolveNs').mockResolvedValue(['ns-1.awsdns.example', 'ns-2.awsdns.example'])
  onTestFinished(() => dns.mockRestore())
  mocks.route53.on(GetHostedZoneCommand).resolves({
    HostedZone: { Id: 'Z1', Name: 'nestegg.example.', CallerReference: '1' },
    DelegationSet: { NameServers: ['ns-1.awsdns.example', 'ns-2.awsdns.example'] },
  })
  mocks.acm
    .on(DescribeCertificateCommand)
    .resolves({ Certificate: { Status: 'ISSUED', ExtendedKeyUsages: [{ Name: 'TLS_WEB_CLIENT_AUTHENTICATION' }] } })
  mocks.sts.on(GetCallerIdentityCommand).resolves({ Account: account })
  mocks.cloudFormation
    .on(DescribeStacksCommand)
    .callsFake(async (_, getClient: () => CloudFormationClient) => {
      const asked = await getClient().config.region()
      return {
        Stacks: Object.entries(stacks)
          .filter(([, stack]) => (stack.region ?? region) === asked)
          .map(([StackName, { status = 'UPDATE_COMPLETE', isProtected = false, outputs = {} }]) => ({
            StackName,
            StackStatus: status,
            EnableTerminationProtection: isProtected,
            Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
          })),
      }
    })
    .on(DescribeStacksCommand, { StackName: 'CDKToolkit' })
    .resolves({
      Stacks: [
        {
          StackName: 'CDKToolkit',
          StackStatus: 'CREATE_COMPLETE',
          CreationTime: new Date(0),
          Outputs: [{ OutputKey: 'BootstrapVersion', OutputValue: '30' }],
        },
      ],
    })
  for (const [StackName, { template = { Resources: {} }, resources = {} }] of Object.entries(stacks)) {
    mocks.cloudFormation.on(GetTemplateCommand, { StackName }).resolves({ TemplateBody: JSON.stringify(template) })
    mocks.cloudFormation.on(ListStackResourcesCommand, { StackName }).callsFake(() => ({
      StackResourceSummaries: Object.entries(resources).map(([LogicalResourceId, PhysicalResourceId]) => ({
        LogicalResourceId,
        PhysicalResourceId,
      })),
    }))
  }
  mocks.quotas.on(GetServiceQuotaCommand).resolves({ Quota: { Value: lambdaConcurrency } })
  mocks.ses.on(GetEmailIdentityCommand).resolves({ VerifiedForSendingStatus: true })
  mocks.ses.on(GetAccountCommand).resolves({ ProductionAccessEnabled: true })
  return { ...mocks, dns }
}

export interface Trial {
  readonly written: { out: string; error: string }
  /** The arguments of each start of the CDK. */
  readonly cdkCalls: (readonly string[])[]
  /** The settings of each synthesis. */
  readonly synthesized: EnvironmentSettings[]
  readonly tools: Tools
}

/** Tools that keep what a command writes and starts, and that synthesize the given templates. */
export const trial = (
  templates: Readonly<Record<string, unknown>>,
  {
    cdkEndsWith = 0,
    findings = 0,
    answer,
    ...changes
  }: { cdkEndsWith?: number; findings?: number; answer?: boolean } & Partial<Tools> = {},
): Trial => {
  const written = { out: '', error: '' }
  const cdkCalls: (readonly string[])[] = []
  const synthesized: EnvironmentSettings[] = []
  const tools: Tools = {
    terminal: {
      out: text => void (written.out += text),
      error: text => void (written.error += text),
      progress: (_, work) => work(() => undefined),
    },
    readSettings: settingsOf,
    synthesize: async settings => {
      synthesized.push(settings)
      return {
        folder: `cdk.out/${settings.name}`,
        findings,
        templates: new Map(Object.entries(templates).map(([name, template]) => [name, JSON.stringify(template)])),
        bootstrapVersion: 6,
      }
    },
    cdk: async argv => {
      cdkCalls.push(argv)
      return cdkEndsWith
    },
    ask: async () => answer,
    ...changes,
  }
  return { written, cdkCalls, synthesized, tools }
}
