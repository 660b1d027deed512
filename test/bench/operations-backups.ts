import { execFileSync } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { connect, type DatabaseLocation, type Sql } from '../../db/connections.ts'
import { projectFolders } from '../../lib/bundling.ts'
import { copyMigrationFiles } from '../../lib/migration-files.ts'
import { freePort } from '../../local/postgres.ts'
import type { BackupTask, TaskResult } from './backup-process.ts'
import { grouped, milliseconds, perSecond } from './measure.ts'

/** Debian's packages: server and tools of one version, since pg_dump refuses a newer server. */
const binaries = '/usr/lib/postgresql/15/bin'
const tables = ['one', 'two', 'three', 'four', 'five'] as const

const asPostgres = (program: string, ...given: string[]): void => {
  execFileSync('setpriv', ['--reuid', 'postgres', '--regid', 'postgres', '--clear-groups', join(binaries, program), ...given], {
    stdio: ['ignore', 'ignore', 'inherit'],
    cwd: tmpdir(),
  })
}

/** A server of its own, with the settings of PostgreSQL's defaults. */
const startServer = async (folder: string): Promise<{ readonly location: DatabaseLocation; readonly stop: () => void }> => {
  const data = join(folder, 'data')
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, randomBytes(16).toString('hex'))
  mkdirSync(data)
  const [uid, gid] = execFileSync('sh', ['-c', 'id -u postgres; id -g postgres'], { encoding: 'utf8' }).split('\n').map(Number)
  for (const path of [folder, data, passwordFile]) chownSync(path, uid!, gid!)
  asPostgres('initdb', '--pgdata', data, '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256')
  const port = await freePort()
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_wal_size=4GB -c maintenance_work_mem=256MB`
  asPostgres('pg_ctl', '--pgdata', data, '--silent', '--wait', '--log', join(folder, 'log'), '-o', options, 'start')
  const location = { host: '127.0.0.1', port, database: 'nestegg', authentication: { kind: 'password-file', path: passwordFile } } as const
  return { location, stop: () => asPostgres('pg_ctl', '--pgdata', data, '--silent', '--mode=fast', 'stop') }
}

/** Tables like those of transactions: keys, amounts, times, texts and documents, with a primary key, two indexes and a foreign key. */
const makeTables = async (sql: Sql): Promise<void> => {
  await sql.unsafe(`create schema market; grant usage on schema market to nestegg_backup; create schema drizzle; grant usage on schema drizzle to nestegg_backup;
    create table drizzle.__drizzle_migrations (hash text, created_at bigint); grant select on drizzle.__drizzle_migrations to nestegg_backup;
    create table market.accounts (id integer primary key, name text not null); grant select on market.accounts to nestegg_backup`)
  for (const name of tables)
    await sql.unsafe(`create table market.${name} (id bigint primary key, account_id integer not null references market.accounts, amount numeric(15,2) not null,
        time timestamptz not null, note text not null, document jsonb not null);
      create index on market.${name} (account_id, time); create index on market.${name} (time); grant select on market.${name} to nestegg_backup`)
}

const fillTables = async (sql: Sql, rowsPerTable: number): Promise<void> => {
  await sql.unsafe(`insert into market.accounts select n, 'Account ' || n from generate_series(1, 1000) n`)
  for (const name of tables)
    await sql.unsafe(`insert into market.${name}
      select n, 1 + n % 1000, (random() * 1e6)::numeric(15,2), timestamptz '2026-01-01' - n * interval '20 seconds', 'payment number ' || n || ' to shop ' || n % 977,
        jsonb_build_object('category', n % 16, 'merchant', md5((n % 5000)::text), 'reference', md5(n::text)) from generate_series(1, ${rowsPerTable}) n`)
  await sql.unsafe('vacuum analyze')
}

const makeDatabase = async (location: DatabaseLocation, name: string): Promise<DatabaseLocation> => {
  const administrator = connect({ ...location, database: 'postgres' }, 'postgres')
  await administrator.unsafe(`create database ${name} owner nestegg_owner template template0`)
  await administrator.end()
  return { ...location, database: name }
}

/** Bundles the process of the bench. Each call of the result runs one task in a new process. */
const bundleProcess = async (folder: string) => {
  const program = join(folder, 'bundle', 'backup-process.mjs')
  await build({
    entryPoints: [join(import.meta.dirname, 'backup-process.ts')],
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minify: true,
    banner: { js: `import{createRequire}from'node:module';const require=createRequire(import.meta.url);` },
    logLevel: 'warning',
  })
  copyMigrationFiles(projectFolders.databaseFolder, join(folder, 'bundle'))
  return (task: 'backup' | 'restore' | 'compare', settings: BackupTask): TaskResult =>
    JSON.parse(execFileSync(process.execPath, [program, task, JSON.stringify(settings)], { encoding: 'utf8' }))
}

const line = (what: string, ms: number, rows: number, baseline: number, more = '') =>
  console.log(
    `${what.padEnd(42)} ${(ms / 1000).toFixed(1).padStart(7)} s ${grouped(perSecond(rows, ms)).padStart(10)} rows/s ${(ms / baseline).toFixed(2).padStart(6)} x ${more}`,
  )

/** Backup and restore of so many rows against `pg_dump -Fd -j2` and `pg_restore -j2`, one after the other in this run. */
export const benchBackups = async (totalRows: number): Promise<void> => {
  if (!existsSync(join(binaries, 'pg_dump'))) {
    console.log('PostgreSQL 15 of Debian is not installed: there is no pg_dump to compare with.')
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'nestegg-bench-'))
  const server = await startServer(folder)
  try {
    const administrator = connect({ ...server.location, database: 'postgres' }, 'postgres')
    const password = execFileSync('cat', [join(folder, 'password')], { encoding: 'utf8' })
    for (const role of ['nestegg_owner', 'nestegg_backup']) await administrator.unsafe(`create role ${role} login password '${password}'`)
    await administrator.end()
    const location = await makeDatabase(server.location, 'nestegg')
    const owner = connect(location, 'nestegg_owner', 1, { connection: { statement_timeout: 0 } })
    await makeTables(owner)
    await fillTables(owner, Math.round(totalRows / tables.length))
    const [size] = await owner<{ tables: string; total: string }[]>`
      select sum(pg_table_size(c.oid))::text as tables, sum(pg_total_relation_size(c.oid))::text as total
      from pg_class c where relnamespace = 'market'::regnamespace and relkind = 'r'`
    await owner.end()
    const gigabytes = (bytes: string) => (Number(bytes) / 1e9).toFixed(2)
    console.log(
      `\nBackup and restore of ${grouped(totalRows)} rows, ${gigabytes(size!.tables)} GB of tables, ${gigabytes(size!.total)} GB with their indexes, two at a time`,
    )
    process.env['PGPASSWORD'] = password
    const tool = (program: string, ...given: string[]) =>
      execFileSync(
        join(binaries, program),
        ['--host=127.0.0.1', `--port=${location.port}`, '--username=postgres', '--no-password', ...given],
        { stdio: 'inherit' },
      )
    const dump = join(folder, 'dump')
    const dumpMs = await milliseconds(async () => tool('pg_dump', '--format=directory', '--jobs=2', `--file=${dump}`, '--dbname=nestegg'))

    const run = await bundleProcess(folder)
    const task = { location, storeFolder: join(folder, 'store'), keyFile: join(folder, 'key'), backupId: randomUUID() }
    const backup = run('backup', task)

    await makeDatabase(location, 'restored_by_pg_restore')
    const restoreMs = await milliseconds(async () => tool('pg_restore', '--jobs=2', '--dbname=restored_by_pg_restore', dump))
    const target = await makeDatabase(location, 'restored')
    const targetOwner = connect(target, 'nestegg_owner')
    await makeTables(targetOwner)
    await targetOwner.end()
    const restore = run('restore', { ...task, location: target })
    const comparison = run('compare', { ...task, location: target })
    const du = (path: string) => `${(Number(execFileSync('du', ['-sb', path], { encoding: 'utf8' }).split('\t')[0]) / 1e6).toFixed(0)} MB`
    line('pg_dump -Fd -j2 (gzip) [baseline]', dumpMs, totalRows, dumpMs, du(dump))
    const memory = ({ megabytes }: TaskResult) => `${megabytes.toFixed(0)} MB of memory`
    line(
      'backup: zstd, AES-256-GCM, SHA-256',
      backup.ms,
      totalRows,
      dumpMs,
      `${gigabytes(String(backup.contentBytes))} GB of content, ${du(task.storeFolder)}, ${memory(backup)}`,
    )
    line('pg_restore -j2 [baseline]', restoreMs, totalRows, restoreMs)
    line('restore: all checks of the manifest', restore.ms, totalRows, restoreMs, memory(restore))
    line('comparison of every row after it', comparison.ms, totalRows, restoreMs, memory(comparison))
  } finally {
    server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
