import { Validations } from 'aws-cdk-lib'
import { describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import type { EnvironmentName } from '../../../lib/deployment.ts'
import type { Front } from '../../../lib/front-settings.ts'
import { environmentSettings } from '../../../lib/environments.ts'
import { readFindings } from '../../../lib/findings.ts'
import { appOf, type Synthesized } from '../synthesized.ts'

interface Allowed {
  readonly rule: string
  /** The path of the construct, without the environment. */
  readonly path: RegExp
  readonly environments?: readonly EnvironmentName[]
}

const anyVersion = (lambda: string): string => `AwsSolutions-IAM5[Resource::<${lambda}.Arn>:*]`
const basicExecution = 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]'

const ownExecutions = 'arn:states:execution:{"Fn::Select":[6,{"Fn::Split":[":",{"Ref":"FanOutStateMachineD6078A7F"}]}]}'

const watched: readonly EnvironmentName[] = ['staging', 'prod']

/** Every exception to a rule that this platform makes. A new one must be added here by hand. */
const allowed: readonly Allowed[] = [
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    path: /^(routes-[\w-]+|operations\/(?:Jobs|Operator)|database\/Migrations|simulation\/FanOut|market\/BarDrop|ledger\/LedgerWork)\/[\w-]+\/Role$/,
  },
  { rule: 'AwsSolutions-IAM5[Resource::*]', path: /^routes-[\w-]+\/Release\/Role$/, environments: ['prod'] },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:lambda:function:nestegg-prod-*]',
    path: /^routes-[\w-]+\/Release\/Role$/,
    environments: ['prod'],
  },
  { rule: 'AwsSolutions-APIG4', path: /^routes-[\w-]+\/[\w-]+\/Route$/ },
  { rule: 'AwsSolutions-COG2', path: /^identity\/Users$/ },
  { rule: 'AwsSolutions-COG8', path: /^identity\/Users$/ },
  { rule: 'AwsSolutions-RDS10', path: /^database\/Aurora\/Cluster$/, environments: ['dev'] },
  { rule: 'AwsSolutions-SMG4', path: /^database\/(Identity|Invitation|Run|Audit|Wealth)FunctionsSecret$/ },
  { rule: 'AwsSolutions-SMG4', path: /^wealth\/Secrets\/PlaidKeys$/, environments: ['prod'] },
  { rule: 'AwsSolutions-SQS3', path: /^(operations\/Jobs|market\/BarDrop|ledger\/LedgerWork|simulation\/FanOut)\/Failures$/ },
  { rule: 'AwsSolutions-SQS3', path: /^backups\/RestoreTesting\/Failures$/, environments: watched },
  { rule: basicExecution, path: /^database\/LogRetention\w+$/ },
  { rule: 'AwsSolutions-IAM5[Resource::*]', path: /^database\/LogRetention\w+$/ },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:rds:cluster-snapshot:nestegg-*]',
    path: /^database\/Migrations\/(OnEvent|IsComplete)$/,
  },
  { rule: basicExecution, path: /^database\/Migrations\/Provider$/ },
  { rule: anyVersion('MigrationsOnEventFunction83A5A6C4'), path: /^database\/Migrations\/Provider$/ },
  { rule: anyVersion('MigrationsIsCompleteFunction84237077'), path: /^database\/Migrations\/Provider$/ },
  { rule: anyVersion('MigrationsProviderframeworkisComplete2F81BAE0'), path: /^database\/Migrations\/Provider$/ },
  { rule: anyVersion('MigrationsProviderframeworkonTimeout4B1563F2'), path: /^database\/Migrations\/Provider$/ },
  { rule: 'AwsSolutions-SF1', path: /^database\/Migrations\/Provider$/ },
  { rule: 'AwsSolutions-SF2', path: /^database\/Migrations\/Provider$/ },
  { rule: 'AwsSolutions-S1', path: /^simulation\/FanOut\/Store$/ },
  { rule: 'AwsSolutions-IAM5[Resource::<FanOutStoreA3F4EEAB.Arn>/runs/*]', path: /^simulation\/FanOut\/(simulate-shard|merge-run)$/ },
  { rule: 'AwsSolutions-IAM5[Resource::*]', path: /^simulation\/FanOut\/StateMachine$/ },
  { rule: anyVersion('FanOutsimulateshardFunction43F863F9'), path: /^simulation\/FanOut\/StateMachine$/ },
  { rule: anyVersion('FanOutmergerunFunctionB5F9301B'), path: /^simulation\/FanOut\/StateMachine$/ },
  { rule: anyVersion('FanOutfailrunFunctionC69C9658'), path: /^simulation\/FanOut\/StateMachine$/ },
  { rule: `AwsSolutions-IAM5[Resource::${ownExecutions}:*]`, path: /^simulation\/FanOut\/StateMachine$/ },
  { rule: `AwsSolutions-IAM5[Resource::${ownExecutions}/Shards:*]`, path: /^simulation\/FanOut\/StateMachine$/ },
  { rule: 'AwsSolutions-S1', path: /^market\/BarDrop\/Bucket$/ },
  { rule: 'AwsSolutions-IAM5[Resource::<BarDropBucketF0ACB919.Arn>/bars/*]', path: /^market\/BarDrop\/ingest-dropped-bars$/ },
  { rule: 'AwsSolutions-IAM5[Resource::<BarDropBucketF0ACB919.Arn>/reports/*]', path: /^market\/BarDrop\/ingest-dropped-bars$/ },
  { rule: 'AwsSolutions-S1', path: /^wealth\/LedgerWork\/Bucket$/ },
  ...[
    /^ledger\/LedgerWork\/continue-ledger-work$/,
    /^operations\/Jobs\/wealth-sync-plaid-connections$/,
    /^routes-wealth-files\/POST-v1-wealth-imports-importId-commit$/,
    /^routes-wealth-files\/POST-v1-wealth-imports-importId-undo$/,
    /^routes-wealth-files\/POST-v1-wealth-plaid-connections$/,
    /^routes-wealth-files\/POST-v1-wealth-plaid-connections-connectionId-syncs$/,
    /^routes-wealth-files\/POST-v1-wealth-plaid-webhooks$/,
    /^routes-wealth-ledger\/POST-v1-wealth-transactions$/,
    /^routes-wealth-ledger\/POST-v1-wealth-transactions-transactionId-reversals$/,
    /^routes-wealth-ledger\/PUT-v1-wealth-transactions-transactionId-lot-choice$/,
    /^routes-wealth\/PATCH-v1-wealth-accounts-accountId$/,
    /^routes-wealth-taxes\/(POST|PATCH|DELETE)-v1-wealth-lot-elections(-electionId)?$/,
    /^routes-wealth-taxes\/(POST|DELETE)-v1-wealth-identical-securities(-pairId)?$/,
  ].map(path => ({
    rule: 'AwsSolutions-IAM5[Resource::wealth:ExportsOutputFnGetAttLedgerWorkBucketC9778FABArn26D430FC/asked/*]',
    path,
  })),
  { rule: 'AwsSolutions-S1', path: /^audit\/Anchors\/Bucket$/ },
  ...['audit/*', 'public-keys/*'].flatMap(objects =>
    [
      /^operations\/Jobs\/operations-seal-audit-trail$/,
      /^operations\/Jobs\/operations-verify-audit-trail$/,
      /^operations\/Operator\/run-command$/,
      /^routes-operations\/GET-v1-operations-audit-verification$/,
    ].map(path => ({ rule: `AwsSolutions-IAM5[Resource::audit:ExportsOutputFnGetAttAnchorsBucketE0A93AD3Arn2FDA401E/${objects}]`, path })),
  ),
  { rule: 'AwsSolutions-S1', path: /^backup-store\/Backups\/Bucket$/ },
  ...[
    /^operations\/Jobs\/operations-run-retention$/,
    /^operations\/Operator\/run-command$/,
    /^routes-operations\/POST-v1-operations-retention-policies-policyId-runs$/,
  ].map(path => ({
    rule: 'AwsSolutions-IAM5[Resource::backup-store:ExportsOutputFnGetAttBackupsBucket2936A3AAArn5AD3682A/archives/*]',
    path,
  })),
  ...['backups/*', 'keys/*'].flatMap(objects =>
    [
      /^operations\/Jobs\/operations-back-up-database$/,
      /^operations\/Jobs\/operations-verify-backup$/,
      /^operations\/Operator\/run-command$/,
    ].map(path => ({
      rule: `AwsSolutions-IAM5[Resource::backup-store:ExportsOutputFnGetAttBackupsBucket2936A3AAArn5AD3682A/${objects}]`,
      path,
    })),
  ),
  { rule: 'AwsSolutions-IAM5[Resource::*]', path: /^backups\/Role$/, environments: watched },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:rds:cluster-snapshot:awsbackup:*]',
    path: /^backups\/Role$/,
    environments: watched,
  },
  { rule: 'AwsSolutions-IAM5[Resource::arn:kms:key/*]', path: /^backups\/Role$/, environments: ['prod'] },
  ...['RestoreRole', 'validate-restore/Role', 'Test', 'Start'].map(role => ({
    rule: 'AwsSolutions-IAM5[Resource::*]',
    path: new RegExp(`^backups/RestoreTesting/${role}$`),
    environments: watched,
  })),
  ...['cluster-snapshot:awsbackup:*', 'cluster:awsbackup-restore-test*', 'og:default:*', 'db:nestegg-restore-test-*', 'pg:default.*'].map(
    resource => ({
      rule: `AwsSolutions-IAM5[Resource::arn:rds:${resource}]`,
      path: /^backups\/RestoreTesting\/(RestoreRole|Test)$/,
      environments: watched,
    }),
  ),
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:rds-db:dbuser:cluster-*/nestegg_owner]',
    path: /^backups\/RestoreTesting\/validate-restore$/,
    environments: watched,
  },
  { rule: anyVersion('RestoreTestingvalidaterestoreFunction43717A19'), path: /^backups\/RestoreTesting\/Test$/, environments: watched },
  ...['audit/*', 'public-keys/*'].map(objects => ({
    rule: `AwsSolutions-IAM5[Resource::audit:ExportsOutputFnGetAttAnchorsBucketE0A93AD3Arn2FDA401E/${objects}]`,
    path: /^backups\/RestoreTesting\/validate-restore$/,
    environments: watched,
  })),
  { rule: 'AwsSolutions-S1', path: /^canary\/Results$/, environments: ['prod'] },
  { rule: 'AwsSolutions-IAM5[Resource::*]', path: /^canary\/Role$/, environments: ['prod'] },
  { rule: 'AwsSolutions-IAM5[Resource::<Results25575328.Arn>/runs/*]', path: /^canary\/Role$/, environments: ['prod'] },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:logs:log-group:/aws/lambda/cwsyn-nestegg-prod-*]',
    path: /^canary\/Role$/,
    environments: ['prod'],
  },
  { rule: 'AwsSolutions-S1', path: /^front(-plain)?\/Web\/Bucket$/ },
  { rule: 'AwsSolutions-IAM5[Resource::*]', path: /^front(-plain)?\/Publisher\/Publish\/Role$/ },
  { rule: 'AwsSolutions-IAM5[Resource::<WebBucketE51352C0.Arn>/*]', path: /^front(-plain)?\/Publisher\/Publish$/ },
  { rule: basicExecution, path: /^front(-plain)?\/Publisher\/Provider$/ },
  { rule: anyVersion('PublisherPublishFunctionA6FFCA23'), path: /^front(-plain)?\/Publisher\/Provider$/ },
  { rule: 'AwsSolutions-CFR1', path: /^front(-plain)?\/Distribution$/ },
  { rule: 'AwsSolutions-CFR3', path: /^front(-plain)?\/Distribution$/ },
  { rule: 'AwsSolutions-CFR2', path: /^front-plain\/Distribution$/, environments: ['dev', 'staging'] },
  { rule: 'AwsSolutions-CFR4', path: /^front-plain\/Distribution$/, environments: ['dev', 'staging'] },
  // CDK acknowledges these for its own output.
  { rule: 'CloudFormation-Validate::F3002', path: /^network\/Vpc\/FlowLog$/ },
  { rule: 'CloudFormation-Validate::F3003', path: /^network\/Vpc\/FlowLog$/ },
]

/** The id without the account and Region of the environment. */
const general = (id: string): string =>
  id.replace(/arn:aws:([\w-]+):[\w-]+:\d+:/, 'arn:$1:').replace(/nestegg-\w+-(audit|backup-store|wealth):/, '$1:')

const acknowledgement = z.record(z.string(), z.string())

const acknowledgements = ({ app }: Pick<Synthesized, 'app'>) =>
  app.node.findAll().flatMap(construct =>
    construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(acknowledgement.parse(data)))
      .map(([id, reason]) => ({
        id: general(id.replace(/^\w+::/, '')),
        reason,
        path: construct.node.path.replace(/^nestegg-\w+?-/, ''),
      })),
  )

export const validationFacts = (name: EnvironmentName, synthesized: () => Synthesized): void => {
  describe('validators', () => {
    it('report nothing, not even a warning', () => {
      expect(readFindings(synthesized().outputFolder)).toEqual([])
    })

    it('are acknowledged as listed, each time with a reason', () => {
      const made = acknowledgements(synthesized())
      const matches = (entry: Allowed) => made.filter(({ id, path }) => id === entry.rule && entry.path.test(path))
      const expected = allowed.filter(entry => entry.environments?.includes(name) ?? true)
      expect(made.filter(each => !expected.some(entry => matches(entry).includes(each)))).toEqual([])
      expect(expected.filter(entry => matches(entry).length === 0)).toEqual([])
      expect(made.filter(({ reason }) => reason.split(' ').length < 8)).toEqual([])
    })
  })
}

/** For the environment with the most exceptions, with each kind of front: finds acknowledgements that are no longer needed. */
export const neededAcknowledgementFacts = (): void => {
  const { front } = environmentSettings('prod')
  const trial = (own: Front | undefined) => appOf('dev', { settings: { ...environmentSettings('dev'), front: own } })
  describe('validators', () => {
    it.each([
      ['a domain', front],
      ['the address of CloudFront', undefined],
    ])('report every finding that is acknowledged, without the acknowledgement, with %s', (_, own) => {
      const known = trial(own)
      const acknowledge = vi.spyOn(Validations.prototype, 'acknowledge').mockImplementation(() => undefined)
      try {
        const { app, outputFolder } = trial(own)
        expect(() => app.synth()).toThrow(expect.objectContaining({ name: 'ValidationFailed' }))
        const found = new Set(readFindings(outputFolder).map(({ rule }) => general(rule)))
        const acknowledged = new Set(
          acknowledgements(known)
            .map(({ id }) => id)
            .filter(id => id.startsWith('AwsSolutions')),
        )
        expect([...acknowledged].toSorted()).toEqual([...found].toSorted())
      } finally {
        acknowledge.mockRestore()
      }
    })
  })
}
