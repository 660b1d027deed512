import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { reachDatabase } from '../../../bin/admin/reach-database.ts'
import { createTestDatabase, pointEnvironmentTo } from '../../support/postgres.ts'
import { admin } from './run.ts'

const database = await createTestDatabase()
const folder = mkdtempSync(join(tmpdir(), 'nestegg-url-'))
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await database.drop()
})
afterEach(() => vi.unstubAllEnvs())

const urlFile = (contents: string) => {
  const path = join(folder, 'database.url')
  writeFileSync(path, contents)
  return path
}
const reach = (contents: string) => reachDatabase({ data: folder, urlFile: urlFile(contents) })

describe('a URL file', () => {
  it('names a database with IAM', async () => {
    const { location, copyData } = await reach('postgresql://nestegg.example:6432/nestegg?region=eu-west-1\n')
    expect(location).toEqual({
      host: 'nestegg.example',
      port: 6432,
      database: 'nestegg',
      authentication: { kind: 'iam', region: 'eu-west-1' },
    })
    expect(copyData).toBeUndefined()
  })

  it('has a default port and database name', async () => {
    expect((await reach('postgres://nestegg.example?region=eu-west-1')).location).toMatchObject({ port: 5432, database: 'nestegg' })
  })

  it('is used before the environment', async () => {
    pointEnvironmentTo({ ...database.location, database: 'another' })
    const { host, port, authentication } = database.location
    const passwordFile = authentication.kind === 'password-file' ? authentication.path : ''
    const file = urlFile(`postgresql://${host}:${port}/${database.location.database}?passwordFile=${encodeURIComponent(passwordFile)}`)
    expect(await admin('db', 'status', '--url-file', file)).toMatchObject({ code: 0 })
  })

  it.each([
    ['nestegg.example', 'does not hold a URL of the form postgresql://HOST:PORT/DATABASE?region=REGION.'],
    ['mysql://nestegg.example/nestegg?region=eu-west-1', 'does not hold a URL of the form'],
    ['postgresql://owner:secret@nestegg.example/nestegg', 'leave out user and password'],
    ['postgresql://nestegg.example/nestegg', 'give either ?region=REGION for IAM, or ?passwordFile=PATH.'],
    ['postgresql://nestegg.example/nestegg?region=a&passwordFile=b', 'give either ?region=REGION for IAM, or ?passwordFile=PATH.'],
  ])('with %s is refused, without repeating it', async (contents, reason) => {
    const { code, error } = await admin('db', 'status', '--url-file', urlFile(contents))
    expect(error).toContain(reason)
    expect(error).not.toContain('secret')
    expect(code).toBe(1)
  })

  it('that is missing is an error', async () => {
    expect(await admin('db', 'status', '--url-file', join(folder, 'none'))).toMatchObject({
      code: 1,
      error: expect.stringContaining('no such file'),
    })
  })
})

it('fails with a reason if no server answers', async () => {
  const password = join(folder, 'password')
  writeFileSync(password, 'secret')
  const { code, error } = await admin('db', 'status', '--url-file', urlFile(`postgresql://127.0.0.1:1/nestegg?passwordFile=${password}`))
  expect(error).toContain('ECONNREFUSED')
  expect(code).toBe(1)
})
