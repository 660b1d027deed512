import { GetServiceQuotaCommand } from '@aws-sdk/client-service-quotas'
import { GetAccountCommand } from '@aws-sdk/client-sesv2'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { expect, it } from 'vitest'
import { deployArguments } from '../../../bin/release/cdk.ts'
import { runDeploy } from '../../../bin/release/program.ts'
import { InvalidDeployment } from '../../../lib/deployment.ts'
import { healthyAccount, settingsOf, trial } from './account.ts'

const database = (name: string) => ({
  Resources: { Data: { Type: 'AWS::RDS::DBCluster', Properties: { DatabaseName: name } } },
})
const templates = { 'nestegg-prod-database': database('a'), 'nestegg-prod-api': { Resources: {} } }
const deployed = {
  'nestegg-prod-database': { template: database('a'), isProtected: true },
  'nestegg-prod-api': { isProtected: true },
  'nestegg-prod-front-plain': { isProtected: true, outputs: { Url: 'https://d1.cloudfront.net' } },
}
const started = deployArguments('cdk.out/prod')

it('deploys an environment in one step, and shows its address', async () => {
  healthyAccount(deployed)
  const { cdkCalls, synthesized, tools, written } = trial(templates)
  expect(await runDeploy(['prod'], tools)).toBe(0)
  expect(cdkCalls).toEqual([started])
  expect(synthesized.map(({ deletionProtection }) => deletionProtection)).toEqual([true])
  expect(written.out).toContain('prod is deployed: https://d1.cloudfront.net\nTry it: npm run smoke -- prod')
})

it('passes the exit code of the CDK on', async () => {
  healthyAccount(deployed)
  expect(await runDeploy(['prod'], trial(templates, { cdkEndsWith: 5 }).tools)).toBe(5)
})

it('refuses for everything that is missing at once, and starts nothing', async () => {
  const { quotas, ses } = healthyAccount({ ...deployed, 'nestegg-prod-api': { status: 'UPDATE_ROLLBACK_FAILED' } })
  quotas.on(GetServiceQuotaCommand).resolves({ Quota: { Value: 10 } })
  ses.on(GetAccountCommand).resolves({ ProductionAccessEnabled: false })
  const { cdkCalls, tools, written } = trial({ ...templates, 'nestegg-prod-database': database('b') })
  expect(await runDeploy(['prod'], tools)).toBe(3)
  expect(cdkCalls).toEqual([])
  for (const text of ['Nothing was deployed:', 'quota L-B99A9384', 'sandbox', 'could not be rolled back', 'nestegg-prod-database/Data'])
    expect(written.error.replaceAll('-code ', ' ')).toContain(text)
})

it('replaces what the operator names', async () => {
  healthyAccount(deployed)
  const { cdkCalls, tools } = trial({ ...templates, 'nestegg-prod-database': database('b') })
  expect(await runDeploy(['prod', '--replace', 'nestegg-prod-database/Data'], tools)).toBe(0)
  expect(cdkCalls).toEqual([started])
})

it('checks nothing more if the credentials belong elsewhere', async () => {
  const { cloudFormation, sts } = healthyAccount(deployed)
  sts.on(GetCallerIdentityCommand).resolves({ Account: '999999999999' })
  const { cdkCalls, synthesized, tools } = trial(templates)
  expect(await runDeploy(['prod'], tools)).toBe(3)
  expect([cdkCalls, synthesized, cloudFormation.calls()]).toEqual([[], [], []])
})

it('refuses templates with findings', async () => {
  healthyAccount(deployed)
  const { cdkCalls, tools, written } = trial({}, { findings: 2 })
  expect(await runDeploy(['prod'], tools)).toBe(3)
  expect(written.error).toContain('The templates of prod have 2 findings')
  expect(cdkCalls).toEqual([])
})

it('refuses a deployment.json that is not valid, naming the fields', async () => {
  const { tools, written } = trial(templates, {
    readSettings: () => {
      throw new InvalidDeployment('deployment.json', ['prod.account: the twelve digits of an AWS account'])
    },
  })
  expect(await runDeploy(['prod'], tools)).toBe(3)
  expect(written.error).toContain('prod.account: the twelve digits of an AWS account')
})

it.each([[[]], [['production']], [['prod', '--replace', 'Data']], [['prod', '--force']]])('refuses %j as wrong usage', async argv => {
  expect(await runDeploy(argv, trial(templates).tools)).toBe(2)
})

it('names the error of AWS that stopped it', async () => {
  healthyAccount(deployed).cloudFormation.rejects(new Error('Rate exceeded'))
  const { tools, written } = trial(templates)
  expect(await runDeploy(['prod'], tools)).toBe(1)
  expect(written.error).toBe('Rate exceeded\n')
})

it('makes a first deployment without protection, then turns the protection on', async () => {
  healthyAccount()
  const { cdkCalls, synthesized, tools, written } = trial(templates)
  expect(await runDeploy(['prod'], tools)).toBe(0)
  expect(cdkCalls).toEqual([started, started])
  // The first synthesis is the one that is compared.
  expect(synthesized.map(({ deletionProtection, database }) => [deletionProtection, database.deletionProtection])).toEqual([
    [true, true],
    [false, false],
    [true, true],
  ])
  expect(written.out).toContain('AWS has mailed pages@nestegg.example and tickets@nestegg.example')
})

it('does not turn the protection on if the first step failed', async () => {
  healthyAccount()
  const { cdkCalls, tools } = trial(templates, { cdkEndsWith: 1 })
  expect(await runDeploy(['prod'], tools)).toBe(1)
  expect(cdkCalls).toHaveLength(1)
})

it('continues a first deployment that failed, and says that an empty stack is made again', async () => {
  healthyAccount({ 'nestegg-prod-api': {}, 'nestegg-prod-database': { status: 'ROLLBACK_COMPLETE' } })
  const { cdkCalls, tools, written } = trial(templates)
  expect(await runDeploy(['prod'], tools)).toBe(0)
  expect(written.out).toContain(
    'nestegg-prod-database failed when it was made and is empty (ROLLBACK_COMPLETE). It is deleted and made again.',
  )
  expect(cdkCalls).toHaveLength(2)
})

it('never takes the protection from an environment that gets one more stack', async () => {
  healthyAccount(deployed)
  const { synthesized, tools } = trial({ ...templates, 'nestegg-prod-new': { Resources: {} } })
  expect(await runDeploy(['prod'], tools)).toBe(0)
  expect(synthesized.map(({ deletionProtection }) => deletionProtection)).toEqual([true])
})

it('deploys dev in one step from the first time on, since it has no protection', async () => {
  healthyAccount()
  const { cdkCalls, tools } = trial({ 'nestegg-dev-api': { Resources: {} } })
  expect(await runDeploy(['dev'], tools)).toBe(0)
  expect(cdkCalls).toEqual([deployArguments('cdk.out/dev')])
  expect(settingsOf('dev').deletionProtection).toBe(false)
})

it('turns the protection off on request', async () => {
  healthyAccount(deployed)
  const { cdkCalls, synthesized, tools } = trial(templates)
  expect(await runDeploy(['prod', '--unprotected'], tools)).toBe(0)
  expect(synthesized.map(({ deletionProtection, database }) => [deletionProtection, database.deletionProtection])).toEqual([[false, false]])
  expect(cdkCalls).toEqual([started])
})
