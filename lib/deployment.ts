import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import * as z from 'zod'
import { front } from './front-settings.ts'

const alarms = z
  .strictObject({
    pages: z.email().describe('Receives the alarms about problems that users feel now.'),
    tickets: z.email().describe('Receives the alarms about problems that need an operator within days.'),
  })
  .describe('Each address confirms the subscription that AWS mails to it.')

const restoredCluster = z
  .strictObject({
    identifier: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/),
    resourceId: z.string().regex(/^cluster-[A-Z0-9]+$/, 'DbClusterResourceId of the cluster: cluster-ABC…'),
    writerEndpoint: z.string().regex(/\.rds\.amazonaws\.com$/),
    masterSecretArn: z.string().startsWith('arn:'),
    ownCluster: z
      .enum(['kept', 'removed'])
      .describe('`removed`: the stack gives up the cluster that it made. It stays in the account, to be deleted by hand.'),
  })
  .describe('A cluster that was restored by hand and that the environment uses instead of its own. See "Restore" in docs/runbook.md.')

const days = (least: number, why: string) => z.int().min(least, why).max(36_500, 'at most 36500 days')

/** Where a backup vault is, by its ARN. */
export const placeOfVault = (vaultArn: string): { readonly region: string; readonly account: string; readonly name: string } => {
  const [, , , region = '', account = '', , name = ''] = vaultArn.split(':')
  return { region, account, name }
}

const copy = z
  .strictObject({
    vaultArn: z
      .string()
      .regex(
        /^arn:[\w-]+:backup:[a-z0-9-]+:\d{12}:backup-vault:[\w-]{2,50}$/,
        'the ARN of a backup vault: arn:aws:backup:…:backup-vault:…',
      ),
    every: z
      .enum(['day', 'month'])
      .describe('Every copy of Aurora is a full one: it costs storage of the size of the database, and transfer.'),
    keptDays: days(1, 'at least 1 day'),
  })
  .refine(({ every, keptDays }) => every === 'day' || keptDays >= 31, {
    path: ['keptDays'],
    message: 'a monthly copy must be kept for at least 31 days, or there are days without any',
  })

const backups = z
  .strictObject({ copies: z.array(copy).min(1).max(4, 'at most 4 copies') })
  .describe(
    'Vaults in another Region or in another account that get copies of the backups. They must exist. See "Backups" in docs/deploying.md.',
  )

const vaultLock = z
  .enum(['governance', 'compliance'])
  .describe(
    'Locks the vault of backups: none is deleted before its time. `governance`: only who may change vaults can remove the lock. `compliance`: three days after the deployment nobody can, not even AWS or the root user, and the vault cannot be deleted while it has backups. Left out: no lock.',
  )

const plaid = z
  .strictObject({ environment: z.enum(['sandbox', 'production']) })
  .describe(
    'Connects accounts through Plaid. The first deployment makes the secret for the client id and the secret of Plaid: see "Plaid" in docs/deploying.md. Left out: accounts are entered by hand or from files.',
  )

const operators = z
  .strictObject({
    principalArns: z.array(z.string().regex(/^arn:[\w-]+:iam::\d{12}:(user|role)\/\S+$/, 'the ARN of a user or role')).min(1),
  })
  .describe(
    'Who may run operator commands. Left out: each user of the account who has the right to assume the role. A user signs in with MFA. For a role, such as one of IAM Identity Center, its identity provider must ask for MFA.',
  )

const gradualRelease = z
  .enum(['canary-10-minutes', 'canary-30-minutes', 'linear-10-minutes', 'linear-30-minutes'])
  .describe(
    'How requests move to a new release. `canary`: a tenth of them first, the rest after that time. `linear`: a tenth more at each tenth of that time. An alarm takes the release back. Left out: all at once.',
  )

const sizes = {
  account: z.string().regex(/^\d{12}$/, 'the twelve digits of an AWS account'),
  region: z.string().regex(/^[a-z]{2,}(-[a-z]+)+-\d$/, 'an AWS Region, such as us-east-2'),
  zoneIds: z
    .tuple([z.string(), z.string()])
    .refine(
      ([first, second]) => first !== second && [first, second].every(id => /^[a-z0-9]+-az\d+$/.test(id)),
      'two zone ids, such as use2-az1',
    )
    .describe('Ids, not names: the same name means different zones in different accounts. They never change once the network exists.'),
  owner: z.string().min(1).describe('The team that answers for the environment. A tag on every resource.'),
  costCenter: z.string().min(1).describe('A tag on every resource, for the bill.'),
  lambdaConcurrency: z
    .int()
    .min(10)
    .describe("The account's quota of concurrent executions in this Region. A new account has 10; the console of Service Quotas shows it."),
  mail: z
    .strictObject({
      identity: z.string().min(1).describe('A domain or address that is verified in SES in the account and Region.'),
      fromAddress: z.email().describe('The sender of every mail, an address of the identity.'),
    })
    .describe('Until the identity is verified, requests that send mail are answered with 503.'),
  operators: operators.optional(),
  gradualRelease: gradualRelease.optional(),
  monthlyBudgetDollars: z
    .number()
    .positive()
    .optional()
    .describe('What the account may cost in a month. Before it is spent, the address of tickets gets mails. It needs `alarms`.'),
  restoredCluster: restoredCluster.optional(),
  front: front.optional(),
  plaid: plaid.optional(),
}

const trial = z
  .strictObject({ ...sizes, alarms: alarms.optional() })
  .refine(({ alarms, monthlyBudgetDollars }) => monthlyBudgetDollars === undefined || alarms !== undefined, {
    path: ['monthlyBudgetDollars'],
    message: 'a budget needs the address alarms.tickets, to which it is reported',
  })
const watched = z
  .strictObject({ ...sizes, alarms, backups: backups.optional(), vaultLock: vaultLock.optional() })
  .superRefine(({ account, backups: { copies = [] } = {}, region }, context) => {
    for (const [index, { vaultArn }] of copies.entries()) {
      const place = placeOfVault(vaultArn)
      // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_CopySnapshot.html: one step for each.
      if ((place.account === account) === (place.region === region))
        context.addIssue({
          code: 'custom',
          path: ['backups', 'copies', index, 'vaultArn'],
          message: `the vault must be in another Region of the account ${account}, or in another account in ${region}: AWS copies a snapshot of Aurora to one of both in a step`,
        })
    }
  })

/** CloudFront uses certificates of its own account only. */
const certificateOfAccount = ({ account, front: own }: Deployment, context: z.RefinementCtx): void => {
  const owner = own?.clientCertificateArn.split(':')[4]
  if (owner === undefined || owner === account) return
  context.addIssue({
    code: 'custom',
    path: ['front', 'clientCertificateArn'],
    message: `a certificate of the account ${account}; this one belongs to ${owner}`,
  })
}

/** What differs between accounts: `deployment.json`, which each team edits before its first deployment. */
const deployments = z.strictObject({
  dev: trial.superRefine(certificateOfAccount),
  staging: watched.superRefine(certificateOfAccount),
  prod: watched.superRefine(certificateOfAccount),
})

export type Deployment = z.infer<typeof trial> & Pick<z.infer<typeof watched>, 'backups' | 'vaultLock'>
export type EnvironmentName = keyof z.infer<typeof deployments>
/** The users and roles that may assume the role of operators. */
export type Operators = z.infer<typeof operators>
export type GradualReleaseName = z.infer<typeof gradualRelease>
export type RestoredCluster = z.infer<typeof restoredCluster>
export type BackupCopy = z.infer<typeof copy>
export type VaultLock = z.infer<typeof vaultLock>

/** The accounts of the file as it is delivered. A deployment refuses them. */
export const exampleAccounts: readonly string[] = ['111111111111', '222222222222', '333333333333']

/** Thrown for a `deployment.json` that is not valid. Its message names each field. */
export class InvalidDeployment extends Error {
  constructor(path: string, reasons: readonly string[]) {
    super(`${path} is not valid:\n${reasons.map(reason => `  ${reason}`).join('\n')}`)
    this.name = 'InvalidDeployment'
  }
}

/** `deployment.json`, or the file that `NESTEGG_DEPLOYMENT_FILE` names. */
const deploymentFile = (): string => process.env['NESTEGG_DEPLOYMENT_FILE'] ?? join(import.meta.dirname, '../deployment.json')

/**
 * Reads the deployments of all environments.
 * @throws {InvalidDeployment} naming each field that is missing, unknown or malformed.
 */
export const readDeployments = (path = deploymentFile()): Readonly<Record<EnvironmentName, Deployment>> => {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(path, 'utf8'), (field, value: unknown) =>
      // A file is named from the folder of this one.
      field === 'clientAuthority' && typeof value === 'string' ? resolve(dirname(path), value) : value,
    )
  } catch (error) {
    throw new InvalidDeployment(path, [error instanceof Error ? error.message : String(error)])
  }
  const read = deployments.safeParse(content)
  if (!read.success)
    throw new InvalidDeployment(
      path,
      // The API gives an own text to every fault, where a program loads both. That text does not name an unknown field.
      read.error.issues.map(issue => {
        const message = issue.code === 'unrecognized_keys' ? `unknown: ${issue.keys.map(key => `"${key}"`).join(', ')}` : issue.message
        return `${issue.path.join('.')}: ${message}`
      }),
    )
  return read.data
}
