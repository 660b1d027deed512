import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type DatabaseLocation } from '../../db/connections.ts'
import { bootstrapRoles, migrate } from '../../db/migrate/index.ts'
import { startPostgres } from '../../local/postgres.ts'
import { benchAudit } from './operations-audit.ts'
import { benchBackups } from './operations-backups.ts'
import { benchRetention } from './operations-retention.ts'

/** The parts, each with the folder of the bench for its files. */
const parts: Readonly<Record<string, (location: DatabaseLocation, folder: string) => Promise<void>>> = {
  audit: benchAudit,
  retention: () => benchRetention(Number(process.argv[4] ?? 10_000_000)),
  backups: () => benchBackups(Number(process.argv[4] ?? 10_000_000)),
}

/** Runs all parts, or the one that is named, on a database server of their own, fsync on. */
export async function run(): Promise<void> {
  const wanted = process.argv[3]
  const folder = join(tmpdir(), `nestegg-bench-${randomBytes(6).toString('hex')}`)
  const server = await startPostgres(join(folder, 'postgres'))
  try {
    const locate = (database: string): DatabaseLocation => ({
      host: server.host,
      port: server.port,
      database,
      authentication: { kind: 'password-file', path: server.passwordFile },
    })
    const first = connect(locate('postgres'), 'postgres')
    await first`create database nestegg`
    await first.end()
    const administrator = connect(locate('nestegg'), 'postgres')
    await bootstrapRoles(administrator, { local: server.password })
    await administrator.end()
    await migrate(locate('nestegg'), { backup: 'none' })
    for (const [name, bench] of Object.entries(parts))
      if (wanted === undefined || wanted === name) await bench(locate('nestegg'), join(folder, name))
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
