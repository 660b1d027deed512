import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { exampleAccounts, InvalidDeployment, placeOfVault, readDeployments } from '../../lib/deployment.ts'
import { temporaryFolder } from './temporary-folder.ts'

const delivered = join(import.meta.dirname, '../../deployment.json')
type Deployments = Record<'dev' | 'staging' | 'prod', Record<string, unknown>>

/** The delivered file with changes, in another place. */
const changed = (change: (deployments: Deployments) => void): string => {
  const deployments = JSON.parse(readFileSync(delivered, 'utf8')) as Deployments
  change(deployments)
  const path = join(temporaryFolder(), 'deployment.json')
  writeFileSync(path, JSON.stringify(deployments))
  return path
}

const reasonsOf = (path: string): string => {
  try {
    readDeployments(path)
  } catch (error) {
    if (error instanceof InvalidDeployment) return error.message
    throw error
  }
  return 'valid'
}

describe('deployment.json', () => {
  it('is delivered with three example accounts, which a deployment refuses', () => {
    const deployments = readDeployments(delivered)
    expect([deployments.dev, deployments.staging, deployments.prod].map(({ account }) => account)).toEqual(exampleAccounts)
  })

  it('can be another file, for a team that keeps its accounts elsewhere', () => {
    vi.stubEnv(
      'NESTEGG_DEPLOYMENT_FILE',
      changed(({ dev }) => (dev['owner'] = 'another team')),
    )
    expect(readDeployments().dev.owner).toBe('another team')
  })

  it('is refused with the name of each field that is missing, unknown or malformed', () => {
    const reasons = reasonsOf(
      changed(({ dev, prod }) => {
        delete prod['alarms']
        prod['account'] = '12'
        prod['zoneIds'] = ['use2-az1', 'use2-az1']
        dev['regoin'] = 'us-east-2'
      }),
    )
    for (const text of ['prod.alarms: ', 'prod.account: the twelve digits', 'prod.zoneIds: two zone ids', '"regoin"'])
      expect(reasons).toContain(text)
    expect(reasons).not.toContain('staging')
  })

  it('is refused if it is not JSON or not there', () => {
    expect(reasonsOf(join(temporaryFolder(), 'missing.json'))).toContain('ENOENT')
  })
})

type Changes = Readonly<Record<string, unknown>>

/** Reads the delivered file with other settings of prod and dev. */
const read = (prod: Changes, dev: Changes = {}) =>
  readDeployments(
    changed(deployments => {
      Object.assign(deployments.prod, prod)
      Object.assign(deployments.dev, dev)
    }),
  )

const vaultIn = (region: string, account: string) => `arn:aws:backup:${region}:${account}:backup-vault:nestegg-prod`
const otherRegion = vaultIn('us-west-2', '333333333333')
const copy = (changes: Changes = {}) => ({ backups: { copies: [{ vaultArn: otherRegion, every: 'day', keptDays: 7, ...changes }] } })

describe('copies of backups', () => {
  it('go to another Region of the account, or to another account in the Region', () => {
    for (const vaultArn of [otherRegion, vaultIn('us-east-2', '444444444444')]) {
      expect(read(copy({ vaultArn })).prod.backups?.copies[0]?.vaultArn).toBe(vaultArn)
    }
  })

  it.each([
    [
      'in the Region and account of the environment',
      { vaultArn: vaultIn('us-east-2', '333333333333') },
      'another Region of the account 333333333333',
    ],
    ['in another Region of another account', { vaultArn: vaultIn('us-west-2', '444444444444') }, 'to one of both in a step'],
    ['that is no vault', { vaultArn: 'arn:aws:s3:::nestegg' }, 'the ARN of a backup vault'],
    ['kept for no time', { keptDays: 0 }, 'at least 1 day'],
    ['kept for longer than AWS knows', { keptDays: 40_000 }, 'at most 36500 days'],
    ['monthly and kept for less than a month', { every: 'month', keptDays: 30 }, 'must be kept for at least 31 days'],
  ])('are refused: one %s', (_, changes, message) => {
    expect(() => read(copy(changes))).toThrow(message)
    expect(() => read(copy(changes))).toThrow(/prod\.backups\.copies\.0\./)
  })

  it('are refused in dev, which has no vault', () => {
    expect(() => read({}, copy())).toThrow('dev: unknown: "backups"')
  })

  it('can be locked, but not in dev', () => {
    expect(read({ vaultLock: 'governance' }).prod.vaultLock).toBe('governance')
    expect(() => read({ vaultLock: 'strict' })).toThrow('prod.vaultLock')
    expect(() => read({}, { vaultLock: 'governance' })).toThrow('dev: unknown: "vaultLock"')
  })

  it('name their vault by its ARN', () => {
    expect(placeOfVault(otherRegion)).toEqual({ region: 'us-west-2', account: '333333333333', name: 'nestegg-prod' })
  })
})

describe('a monthly budget', () => {
  it('is an amount of dollars', () => {
    expect(read({ monthlyBudgetDollars: 250.5 }).prod.monthlyBudgetDollars).toBe(250.5)
    expect(() => read({ monthlyBudgetDollars: 0 })).toThrow('prod.monthlyBudgetDollars')
  })

  it('is refused without an address that it is reported to', () => {
    expect(() => read({}, { monthlyBudgetDollars: 20 })).toThrow(
      'dev.monthlyBudgetDollars: a budget needs the address alarms.tickets, to which it is reported',
    )
    const alarms = { pages: 'pages@nestegg.example', tickets: 'tickets@nestegg.example' }
    expect(read({}, { monthlyBudgetDollars: 20, alarms }).dev.monthlyBudgetDollars).toBe(20)
  })
})
