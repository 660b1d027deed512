import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { expect, it } from 'vitest'
import { runDiff } from '../../../bin/release/program.ts'
import { healthyAccount, trial } from './account.ts'

const template = (name: string, rules: readonly string[] = []) => ({
  Resources: {
    Data: { Type: 'AWS::RDS::DBCluster', Properties: { DatabaseName: name } },
    ...Object.fromEntries(rules.map(id => [id, { Type: 'AWS::Events::Rule', Properties: { State: 'ENABLED' } }])),
  },
})
const stack = 'nestegg-prod-database'
const deployed = { [stack]: { template: template('a', ['Old']) } }

it('answers 0 if nothing differs', async () => {
  healthyAccount(deployed)
  const { cdkCalls, tools, written } = trial({ [stack]: template('a', ['Old']) })
  expect(await runDiff(['prod'], tools)).toBe(0)
  expect(written.out).toBe('prod: Nothing changes.\n')
  expect(cdkCalls).toEqual([])
})

it('answers 1 and lists what is added and removed', async () => {
  healthyAccount(deployed)
  const { tools, written } = trial({ [stack]: template('a', ['New']), 'nestegg-prod-api': { Resources: {} } })
  expect(await runDiff(['prod'], tools)).toBe(1)
  expect(written.out).toBe(
    [
      stack,
      '  - removed Old (AWS::Events::Rule)',
      '  + added New (AWS::Events::Rule)',
      '',
      'nestegg-prod-api',
      '  + new stack with 0 resources',
      '',
      'prod: 2 of 2 stacks change. Resources: 1 removed, 1 added.',
      '',
    ].join('\n'),
  )
})

it('answers 3 if a deployment would be refused, and 1 once the operator names the resource', async () => {
  healthyAccount(deployed)
  const { tools, written } = trial({ [stack]: template('b', ['Old']) })
  expect(await runDiff(['prod'], tools)).toBe(3)
  expect(written.out).toContain('! replaced Data (AWS::RDS::DBCluster): DatabaseName')
  expect(written.out).toContain('A deployment is refused:\n  - nestegg-prod-database/Data (AWS::RDS::DBCluster) would be replaced')
  expect(await runDiff(['prod', '--replace', `${stack}/Data`], tools)).toBe(1)
})

it('writes JSON', async () => {
  healthyAccount({ ...deployed, 'nestegg-prod-old': {} })
  const { tools, written } = trial({ [stack]: template('b', ['Old']) })
  expect(await runDiff(['prod', '--json'], tools)).toBe(3)
  expect(JSON.parse(written.out)).toEqual({
    environment: 'prod',
    leftStacks: ['nestegg-prod-old'],
    refusals: [expect.stringContaining('nestegg-prod-database/Data')],
    stacks: [
      {
        stack,
        isNew: false,
        resources: [{ stack, logicalId: 'Data', type: 'AWS::RDS::DBCluster', action: 'replaced', properties: ['DatabaseName'] }],
        broadensRights: false,
        addedRights: [],
        otherDifferences: 0,
      },
    ],
  })
})

it('writes Markdown with a part per stack that changes', async () => {
  healthyAccount({ ...deployed, 'nestegg-prod-old': {} })
  const { tools, written } = trial({ [stack]: template('a', ['New']) })
  expect(await runDiff(['prod', '--markdown'], tools)).toBe(1)
  expect(written.out).toContain('### prod\n\n1 of 1 stacks change. Resources: 1 removed, 1 added.')
  expect(written.out).toContain(`<summary><code>${stack}</code></summary>\n\n\`\`\`\`\`diff\n- removed Old (AWS::Events::Rule)\n`)
  expect(written.out).toContain('- nestegg-prod-old is in the account, but the code no longer has it. Delete it by hand.')
})

it('answers 4 if it could not compare, and writes nothing that looks like a result', async () => {
  const { sts } = healthyAccount(deployed)
  const findings = trial({}, { findings: 1 })
  expect(await runDiff(['prod', '--json'], findings.tools)).toBe(4)
  sts.on(GetCallerIdentityCommand).rejects(new Error('expired'))
  const credentials = trial({ [stack]: template('a') })
  expect(await runDiff(['prod', '--json'], credentials.tools)).toBe(4)
  expect([findings.written.out, credentials.written.out]).toEqual(['', ''])
})

it('refuses both formats at once as wrong usage', async () => {
  expect(await runDiff(['prod', '--json', '--markdown'], trial({}).tools)).toBe(2)
})
