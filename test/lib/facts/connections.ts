import { describe, expect, it } from 'vitest'
import type { EnvironmentName } from '../../../lib/deployment.ts'
import { environmentSettings } from '../../../lib/environments.ts'
import { at, type Resource, type Synthesized } from '../synthesized.ts'

/** The alarm for connections rises above this share. */
const alarmShare = 0.8

/** Connections that PostgreSQL keeps for superusers, and those of Aurora itself. */
const reserved = 10

/**
 * The connections of functions that use several. A migrator holds its lock, reads what is applied, and applies, each on a connection of its own:
 * see `migrate` and `rollback`. A backup or a restore records itself, holds its lock, keeps a snapshot, and copies two tables; a command records
 * itself too.
 */
const ofSeveral: Readonly<Record<string, number>> = {
  'apply-migrations.handler': 3,
  'back-up-database.handler': 5,
  'verify-backup.handler': 5,
  'run-command.handler': 6,
}

/** The most connections of one execution environment of a function. */
const connectionsOf = ({ properties }: Resource): number => {
  const pool = Number(at(properties, 'Environment', 'Variables', 'DATABASE_POOL_SIZE') ?? 1)
  return ofSeveral[String(properties['Handler'])] ?? pool
}

/**
 * The connections that an environment needs at most, under one assumption:
 *
 *   executing + idle + further + reserved
 *
 * executing: every function that executes has one connection, its own or one of the Data API. The account's quota of concurrent executions is
 *            the only limit that holds for requests, jobs and events together. The throttle of the API lets its burst and `requestsPerSecond`
 *            times the seconds of a request execute, which is more.
 * idle:      one execution environment of each function inside the VPC that is not called now, but was called shortly before. The server
 *            closes its connection after `idle_session_timeout` (db/roles.sql).
 * further:   the connections beyond the first one of functions that use several.
 *
 * The assumption: no second function was called so often at the same time within the last ten minutes that it has many idle environments. If
 * one was, the alarm rises at 80 %, and at 100 % requests are answered with 503 and a Retry-After.
 */
const neededConnections = ({ resources }: Synthesized, concurrency: number): number => {
  const inside = resources('AWS::Lambda::Function').filter(({ properties }) => 'VpcConfig' in properties)
  const further = inside.reduce((total, each) => total + connectionsOf(each) - 1, 0)
  return concurrency + inside.length + further + reserved
}

export const connectionFacts = (name: EnvironmentName, synthesized: () => Synthesized): void => {
  describe('connections of functions', () => {
    const { database, lambdaConcurrency } = environmentSettings(name)

    it('are fewer than those at which the alarm rises', () => {
      expect(neededConnections(synthesized(), lambdaConcurrency)).toBeLessThanOrEqual(database.maximumConnections * alarmShare)
    })

    it('are counted for functions that exist', () => {
      const handlers = synthesized()
        .resources('AWS::Lambda::Function')
        .map(({ properties }) => properties['Handler'])
      expect(handlers).toEqual(expect.arrayContaining(Object.keys(ofSeveral)))
    })
  })
}
