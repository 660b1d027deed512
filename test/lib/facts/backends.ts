import { beforeAll, describe, expect, it } from 'vitest'
import { jobs } from '../../../lambdas/jobs.ts'
import { routes } from '../../../lambdas/routes.ts'
import { type Backend, backends } from '../../../lambdas/runtime/backends.ts'
import { defineJobs } from '../../../lambdas/runtime/job.ts'
import { tasks } from '../../../lambdas/tasks.ts'
import { environmentNames, environmentSettings } from '../../../lib/environments.ts'
import { rightsOf } from '../policies.ts'
import { at, handlerOf, type Resource, type Synthesized, synthesize } from '../synthesized.ts'
import { trialRoute } from '../trial-route.ts'

const dataApiActions = ['kms:Decrypt', 'rds-data:ExecuteStatement', 'secretsmanager:GetSecretValue']

const storeActions = ['kms:Decrypt', 'kms:GenerateDataKey', 's3:AbortMultipartUpload', 's3:GetObject', 's3:ListBucket', 's3:PutObject']

/** The actions of a function that declares the backend. Other facts test the resources. */
const actionsFor: Readonly<Record<Backend, readonly string[]>> = {
  database: ['rds-db:connect'],
  'identity-functions': dataApiActions,
  'invitation-functions': dataApiActions,
  'run-functions': dataApiActions,
  'audit-functions': dataApiActions,
  'wealth-functions': dataApiActions,
  'credential-key': ['kms:Decrypt', 'kms:GenerateDataKey'],
  'credential-rotation': ['kms:ReEncryptFrom', 'kms:ReEncryptTo'],
  // Each function that uses Plaid also uses the Data API, with the same actions.
  plaid: [],
  'audit-anchors': ['s3:GetObject', 's3:ListBucket'],
  'audit-signing': ['kms:GetPublicKey', 'kms:Sign', 's3:GetObject', 's3:ListBucket', 's3:PutObject'],
  'backup-store': storeActions,
  'backup-removal': ['s3:DeleteObject'],
  'archive-store': storeActions,
  'user-pool': [],
  'user-pool-administration': ['cognito-idp:AdminDeleteUser'],
  'simulation-store': ['s3:GetObject', 's3:PutObject'],
  'simulation-fan-out': ['states:StartExecution'],
  'bar-drop': ['s3:GetObject', 's3:PutObject'],
  'ledger-work': ['s3:PutObject'],
  'asked-ledger-work': ['s3:GetObject'],
  mail: ['ses:SendEmail'],
}

/** The actions of every function: log, trace, run inside a VPC, report its failures. */
const ofEveryFunction = /^(logs|xray|ec2|sqs):/

interface Unit {
  readonly id: string
  readonly domain: string
  readonly name: string
  readonly backends: readonly Backend[]
}

const allVariables = new Set<string>(Object.values(backends).flatMap(({ variables }) => variables))
const sorted = (names: Iterable<string>): string[] => [...new Set(names)].toSorted()

/** The network, the backend variables and the actions of a function. */
const given = (synthesized: Synthesized, lambda: Resource) => ({
  insideVpc: 'VpcConfig' in lambda.properties,
  variables: sorted(Object.keys(at(lambda.properties, 'Environment', 'Variables') ?? {}).filter(name => allVariables.has(name))),
  actions: sorted(
    rightsOf(synthesized, lambda)
      .flatMap(({ actions }) => actions)
      .filter(action => !ofEveryFunction.test(action)),
  ),
})

const declared = (unit: Unit) => ({
  insideVpc: unit.backends.some(backend => backends[backend].vpc === 'required'),
  variables: sorted(unit.backends.flatMap(backend => backends[backend].variables)),
  actions: sorted(unit.backends.flatMap(backend => actionsFor[backend])),
})

export const backendFacts = (synthesized: () => Synthesized): void => {
  describe('functions', () => {
    const units: readonly Unit[] = [...routes, ...jobs, ...tasks]

    it('have the variables and rights of their backends, and no others', () => {
      // Restores are tested only where backups are kept in a vault.
      const made = units.filter(({ id }) => id !== 'operations/validate-restore' || synthesized().templates.has('backups'))
      const found = made.map(unit => [unit.id, given(synthesized(), handlerOf(synthesized(), unit))])
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(made.map(unit => [unit.id, declared(unit)])))
    })
  })
}

/** Facts about backends that no route or job of the platform uses yet. */
export const trialFacts = (): void => {
  describe('a function', () => {
    const route = trialRoute({ backends: ['run-functions', 'mail'] })[0]!
    const { 'try-household': job } = defineJobs('planning', {
      'try-household': {
        summary: 'Tries each household',
        schedule: '0 5 * * *',
        backends: ['database'],
        timeoutSeconds: 900,
        scope: 'household',
        concurrency: 7,
      },
    })
    let synthesized: Synthesized
    beforeAll(() => {
      synthesized = synthesize('prod', { routes: [route], jobs: [job] })
    })
    const variablesOf = (unit: Unit) => at(handlerOf(synthesized, unit).properties, 'Environment', 'Variables')

    it('sends mail from one address of one identity', () => {
      const { fromAddress, identity } = environmentSettings('prod').mail
      const lambda = handlerOf(synthesized, route)
      expect(given(synthesized, lambda)).toEqual(declared(route))
      expect(variablesOf(route)).toMatchObject({ MAIL_FROM_ADDRESS: fromAddress })
      const { condition, resources } = rightsOf(synthesized, lambda).find(({ actions }) => actions.includes('ses:SendEmail'))!
      expect(condition).toEqual({ StringEquals: { 'ses:FromAddress': fromAddress } })
      expect(resources).toEqual([expect.stringMatching(new RegExp(`:ses:.*:identity/${identity}"`))])
    })

    it('that works on households has a connection for each household that it works on at the same time', () => {
      expect(variablesOf(job)).toMatchObject({ DATABASE_POOL_SIZE: '7' })
      expect(variablesOf(route)).not.toHaveProperty('DATABASE_POOL_SIZE')
    })
  })

  it.each(environmentNames)('mail of %s comes from an address of its identity', name => {
    const { fromAddress, identity } = environmentSettings(name).mail
    const domain = fromAddress.replace(/^.*@/, '')
    expect([fromAddress, domain]).toContain(identity)
  })
}
