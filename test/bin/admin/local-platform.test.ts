import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lockFolder } from '../../../local/folder-lock.ts'
import { startPostgres } from '../../../local/postgres.ts'
import { connect } from '../../../db/connections.ts'
import { locate, type PrivateServer, startPrivateServer } from '../../support/postgres.ts'
import { admin } from './run.ts'

let platform: Awaited<ReturnType<typeof startPrivateServer>>
/** Has the layout of a platform's data folder, with the server's folder `postgres`. */
let data: string

const mark = (server: PrivateServer['server']) =>
  writeFileSync(
    join(data, 'platform.json'),
    JSON.stringify({
      pid: process.pid,
      host: server.host,
      port: server.port,
      passwordFile: server.passwordFile,
      url: 'http://127.0.0.1:1',
    }),
  )

beforeAll(async () => {
  platform = await startPrivateServer()
  await platform.server.stop()
  data = `${platform.folder}-data`
  mkdirSync(data)
  renameSync(platform.folder, join(data, 'postgres'))
})
afterAll(() => rmSync(data, { recursive: true, force: true }))

const isStopped = () => !readdirSync(join(data, 'postgres', 'data')).includes('postmaster.pid')

describe('a platform that is not running', () => {
  it('gets its server started for the command, and stopped afterwards', async () => {
    expect((await admin('db', 'status', '--data', data)).code).toBe(0)
    expect(isStopped()).toBe(true)
  })

  it('is led back to moments, once its data folder was copied', async () => {
    const restore = (...argv: string[]) => admin('backup', 'restore', ...argv, '--yes', '--data', data)
    expect(await restore('--to', '2026-11-26T10:15:30Z')).toMatchObject({
      code: 1,
      error: 'There is no copy of the data folder yet. The platform makes the first one a minute after its start.\n',
    })
    expect(await restore('--to', 'yesterday')).toMatchObject({ code: 2, error: expect.stringContaining('must be a moment such as') })
    expect(await restore('latest', '--to', '2026-11-26T10:15:30Z')).toMatchObject({ code: 2 })
    expect(isStopped()).toBe(true)
  })

  it('gets its server stopped after a failed command', async () => {
    const { code } = await admin('market', 'import-returns', join(data, 'none.csv'), '--data', data)
    expect(code).toBe(1)
    expect(isStopped()).toBe(true)
  })

  it('is started although a killed platform left its marker', async () => {
    mark({ ...platform.server, passwordFile: join(data, 'postgres', 'password') })
    expect((await admin('db', 'status', '--data', data)).code).toBe(0)
    rmSync(join(data, 'platform.json'))
  })
})

describe('a platform that is running', () => {
  it('is used without a restart, its data is copied before a change, and it stays running', async () => {
    const lock = lockFolder(data)
    const server = await startPostgres(join(data, 'postgres'), { durable: false })
    try {
      mark(server)
      const owner = connect(locate(server, 'nestegg'), 'nestegg_owner')
      await owner`insert into identity.users (cognito_sub) values ('kept')`
      await owner.end()
      const { code, out } = await admin('db', 'rollback', '3', '--data', data)
      expect(code).toBe(0)
      const copy = /^Copied the data to (.+)$/m.exec(out)?.[1] ?? ''
      expect(copy).toContain(join(data, 'backups'))
      expect(isStopped()).toBe(false)

      const restored = `${data}-restored`
      mkdirSync(restored)
      renameSync(copy, join(restored, 'data'))
      writeFileSync(join(restored, 'password'), server.password)
      const second = await startPostgres(restored, { durable: false })
      const sql = connect(locate(second, 'nestegg'), 'postgres')
      expect(await sql`select cognito_sub from identity.users`).toEqual([{ cognito_sub: 'kept' }])
      await sql.end()
      await second.stop()
      rmSync(restored, { recursive: true })
    } finally {
      await server.stop()
      lock?.release()
    }
  })
})
