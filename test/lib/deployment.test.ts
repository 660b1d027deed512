import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { exampleAccounts, InvalidDeployment, readDeployments } from '../../lib/deployment.ts'
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
