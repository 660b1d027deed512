import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { connect, type DatabaseLocation, type Sql } from '../../db/connections.ts'
import { giveToOwnerOf } from '../../db/migrate/index.ts'
import type { PointInTime } from '../../lambdas/runtime/command.ts'
import { PlatformError } from '../platform-error.ts'
import { startPostgres } from '../postgres.ts'
import { findArchive, findGap, listBases, listSegments, newestSegmentAt, segmentAt, type WalArchive } from './archive.ts'

const archiveMilliseconds = 60_000
const pollMilliseconds = 100

/** Archives what was written until now. Returns the last log file of it. */
const archiveNow = async (administrator: Sql, archive: WalArchive): Promise<string> => {
  const [switched] = await administrator<{ segment: string }[]>`select pg_walfile_name(pg_switch_wal()) as segment`
  const { segment } = switched!
  for (const deadline = Date.now() + archiveMilliseconds; Date.now() < deadline; await delay(pollMilliseconds))
    if ((listSegments(archive).at(-1) ?? '') >= segment) return segment
  const [failed] = await administrator<{ segment: string | null }[]>`select last_failed_wal as segment from pg_stat_archiver`
  throw new PlatformError(
    `The server has not archived its log file ${failed?.segment ?? segment}: see the end of server.log in the folder of the server.`,
  )
}

const chooseBase = (archive: WalArchive, moment: Date, last: string) => {
  const bases = listBases(archive)
  if (bases.length === 0)
    throw new PlatformError('There is no copy of the data folder yet. The platform makes the first one a minute after its start.')
  const range = `Possible are moments from ${bases[0]!.completedAt.toISOString()} until now.`
  if (moment.getTime() > Date.now()) throw new PlatformError(`${moment.toISOString()} is in the future. ${range}`)
  const base = bases.findLast(({ completedAt }) => completedAt <= moment)
  if (!base) throw new PlatformError(`${moment.toISOString()} is before the first copy of the data folder. ${range}`)
  const gap = findGap(archive, base.firstSegment, segmentAt(archive, moment) ?? last)
  if (gap !== undefined)
    throw new PlatformError(
      `The log file ${gap} is missing in ${archive.folder}. It is needed from ${base.completedAt.toISOString()} on. Nothing was changed.`,
    )
  return base
}

/** Makes the folder of a second server, with a copy of the data folder that it leads on. */
const makeRecoveryFolder = async (root: string, base: string): Promise<string> => {
  const folder = join(root, 'recovery')
  const data = join(folder, 'data')
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  mkdirSync(folder, { mode: 0o700 })
  await cp(base, data, { recursive: true, preserveTimestamps: true })
  writeFileSync(join(data, 'recovery.signal'), '')
  giveToOwnerOf(join(root, 'data'), data)
  copyFileSync(join(root, 'password'), join(folder, 'password'))
  return folder
}

/** Leads the data of a local server back to moments. The server goes on working; a second one does it, in the folder `recovery`. */
export const pointInTimeOf = (root: string, location: DatabaseLocation): PointInTime => {
  const archiveOf = () => {
    const archive = findArchive(root)
    if (archive === undefined) throw new PlatformError(`The server in ${root} archives nothing.`)
    return archive
  }
  return {
    newestArchivedAt: () => newestSegmentAt(archiveOf()),
    recoverTo: async (moment, work) => {
      const archive = archiveOf()
      const administrator = connect({ ...location, database: 'postgres' }, 'postgres')
      const last = await archiveNow(administrator, archive).finally(() => administrator.end())
      const folder = await makeRecoveryFolder(root, chooseBase(archive, moment, last).folder)
      try {
        const server = await startPostgres(folder, { durable: false, recovery: { archive, moment } })
        try {
          const { host, passwordFile, port } = server
          return await work({ ...location, host, port, authentication: { kind: 'password-file', path: passwordFile } })
        } finally {
          await server.stop()
        }
      } finally {
        rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
      }
    },
  }
}
