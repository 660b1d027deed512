import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { storeVariables } from '../../../local/store-variables.ts'
import { createTestDatabase, pointEnvironmentTo } from '../../support/postgres.ts'
import { admin } from './run.ts'

const database = await createTestDatabase()
const administrator = database.connect('postgres')
const folder = mkdtempSync(join(tmpdir(), 'nestegg-audit-'))
const { AUDIT_ANCHOR_FOLDER, AUDIT_SIGNING_KEY_FILE } = storeVariables(folder)
beforeAll(() => {
  pointEnvironmentTo(database.location)
  vi.stubEnv('AUDIT_ANCHOR_FOLDER', AUDIT_ANCHOR_FOLDER)
  vi.stubEnv('AUDIT_SIGNING_KEY_FILE', AUDIT_SIGNING_KEY_FILE)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

const write = () =>
  administrator<{ id: string }[]>`insert into operations.audit_logs (action, resource_type) values ('CREATE', 'test.things') returning id`

it('seals and anchors the new rows, and verifies them with exit code 0', async () => {
  await write()
  const [waiting] = await administrator<{ count: number }[]>`select count(*)::int from operations.unsealed_audit_rows`
  const sealed = await admin('audit', 'seal')
  expect(sealed).toMatchObject({ code: 0, error: '' })
  expect(sealed.out).toMatch(
    new RegExp(
      `^Sealed ${waiting!.count} rows?\\. The newest seal is 1\\.\nThe newest anchor is audit/\\d{4}/\\d\\d/\\d\\d/000000000001\\.json\\.\n$`,
    ),
  )
  expect(statSync(AUDIT_SIGNING_KEY_FILE).mode & 0o777).toBe(0o600)
  await write()
  const verified = await admin('audit', 'verify')
  expect(verified).toMatchObject({ code: 0, error: '' })
  expect(verified.out).toContain('The audit trail is valid.')
  expect(verified.out).toContain('1 newest row,')
  expect(verified.out).toMatch(/Signed by\s+[0-9a-f]{64}/)
})

it('names what was changed, with exit code 1, also as JSON and for some months', async () => {
  const [row] = await write()
  await admin('audit', 'seal')
  await administrator.begin(async sql => {
    await sql`set local session_replication_role = replica`
    await sql`update operations.audit_logs set resource_type = 'test.others' where id = ${row!.id}`
  })
  const { code, out } = await admin('audit', 'verify')
  expect(code).toBe(1)
  expect(out).toContain(`changed-row: The row ${row!.id} of seal 2 was changed: it has another hash.`)
  expect(out).toContain('The audit trail was changed: 1 finding.')
  const json = await admin('audit', 'verify', '--json', '--from', new Date().toISOString().slice(0, 7))
  expect(json.code).toBe(1)
  expect(JSON.parse(json.out)).toMatchObject({ isValid: false, findings: [{ kind: 'changed-row', row: row!.id, seal: 2 }] })
  expect(await admin('audit', 'verify', '--to', '2001-01')).toMatchObject({ code: 0 })
  expect(await admin('audit', 'verify', '--from', 'January')).toMatchObject({ code: 2, error: expect.stringContaining('must be a month') })
})

it('seals without an anchor where it has no key, as in AWS', async () => {
  const anchored = readdirSync(AUDIT_ANCHOR_FOLDER, { recursive: true })
  vi.stubEnv('AUDIT_SIGNING_KEY_FILE', undefined)
  await write()
  const { code, out } = await admin('audit', 'seal')
  vi.stubEnv('AUDIT_SIGNING_KEY_FILE', AUDIT_SIGNING_KEY_FILE)
  expect(code).toBe(0)
  expect(out).toContain('The job operations/seal-audit-trail anchors it')
  expect(readdirSync(AUDIT_ANCHOR_FOLDER, { recursive: true })).toEqual(anchored)
})

it('lists the anchors', async () => {
  const { code, out } = await admin('audit', 'list-anchors', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toEqual([expect.objectContaining({ sealNumber: 2 }), expect.objectContaining({ sealNumber: 1 })])
  expect((await admin('audit', 'list-anchors', '--limit', '1')).out).toMatch(
    /^ANCHOR\s+SEAL\s+HASH\s+SIGNED BY\naudit\/\S+\s+2\s+\w{64}\s+\w{64}\n$/,
  )
})

it('reads of personal data by the operator are recorded', async () => {
  await admin('users', 'list')
  await admin('operations', 'list-commands')
  const rows =
    await administrator`select resource_type, route, request_id is not null as linked from operations.audit_logs where action = 'READ' order by id`
  expect(rows).toEqual([
    { resource_type: 'identity.users', route: 'users list', linked: true },
    { resource_type: 'operations.operator_commands', route: 'operations list-commands', linked: true },
  ])
})
