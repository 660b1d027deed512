import { createHash, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { arrayText } from '../../../db/queries/array-text.ts'
import { anchorText, parseAnchor } from '../../../domain/operations/index.ts'
import { startTrialTrail, type TrialTrail } from '../../support/audit-trail.ts'

let trail: TrialTrail
/** The rows of three seals, each anchored on another day. */
let rows: string[][]
const days = ['2026-11-01', '2026-11-02', '2026-11-03']

beforeEach(async () => {
  trail = await startTrialTrail()
  // What the migrations wrote.
  await trail.sealAndAnchor(new Date('2026-10-31T00:25:00Z'))
  rows = []
  for (const day of days) {
    rows.push(await trail.write(4))
    await trail.sealAndAnchor(new Date(`${day}T00:25:00Z`))
  }
})
afterEach(() => trail.close())

const findings = async (range?: { from?: string; to?: string }) => {
  const { findings, isValid, moreFindings } = await trail.verify(range)
  expect({ isValid, moreFindings }).toEqual({ isValid: findings.length === 0, moreFindings: 0 })
  // The sentence repeats the others.
  return findings.map(finding => {
    const { detail, ...named } = finding
    expect(detail).toMatch(/^[A-Z].+\.$/)
    return named
  })
}

const firstSeal = async () => {
  const [row] = await trail.administrator<
    { number: number }[]
  >`select number::int from operations.audit_seals where first_row = ${rows[0]![0]!}`
  return row!.number
}

const anchorFiles = () =>
  readdirSync(join(trail.anchors, 'audit'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .toSorted()
const keyOf = (file: string) => file.slice(trail.anchors.length + 1)

/** Computes all seals from one number on again, as an intruder with all rights in the database would. */
const rewriteFrom = (number: number) =>
  trail.tamper(async sql => {
    await sql`update operations.audit_seals s set row_hashes = (
      select string_agg(operations.audit_row_hash(a), '' order by a.id) from generate_series(0, s.row_count - 1) as place
        join operations.audit_logs a on a.id = encode(substring(s.row_ids from 16 * place + 1 for 16), 'hex')::uuid) where number >= ${number}`
    await sql`update operations.audit_seals set root = sha256(row_ids || row_hashes) where number >= ${number}`
    const seals = await sql<{ number: number }[]>`select number::int from operations.audit_seals where number >= ${number} order by number`
    for (const seal of seals) {
      await sql`update operations.audit_seals s set previous_hash = p.hash from operations.audit_seals p where s.number = ${seal.number} and p.number = s.number - 1`
      await sql`update operations.audit_seals s set hash = operations.audit_seal_hash(s) where number = ${seal.number}`
    }
  })

it('an unchanged audit trail is valid', async () => {
  const verification = await trail.verify()
  expect(verification).toMatchObject({ isValid: true, isComplete: true, findings: [], unsealedRows: 0, unanchoredSeals: 0 })
  expect(verification.verifiedRows).toBe(verification.head!.totalRows)
  expect(verification.anchors).toBe(anchorFiles().length)
  await trail.write(3)
  expect(await trail.verify()).toMatchObject({ isValid: true, unsealedRows: 3, oldestUnsealed: expect.stringMatching(/^\d{4}-/) })
})

describe('a row', () => {
  it('with a changed value is named', async () => {
    const row = rows[1]![2]!
    await trail.tamper(sql => sql`update operations.audit_logs set new_values = '{"name": "Another"}' where id = ${row}`)
    expect(await findings()).toEqual([{ kind: 'changed-values', row, seal: (await firstSeal()) + 1 }])
  })

  it.each([
    ['user_id', 'gen_random_uuid()'],
    ['action', "'DELETE'"],
    ['resource_id', 'gen_random_uuid()'],
    ['changed_fields', `'["name"]'`],
    ['retention_until', "retention_until - interval '1 second'"],
    ['route', "'GET /v1'"],
    ['request_id', "'another'"],
    ['severity', "'debug'"],
    ['compliance_category', "'tax'"],
    ['execution_time_ms', '7'],
    ['household_id', 'gen_random_uuid()'],
    ['resource_type', "'test.others'"],
  ])('with another %s is named', async (column, value) => {
    const row = rows[0]![1]!
    await trail.tamper(sql => sql.unsafe(`update operations.audit_logs set ${column} = ${value} where id = '${row}'`))
    expect(await findings()).toEqual([{ kind: 'changed-row', row, seal: await firstSeal() }])
  })

  it('that was swapped with another one is named, and so is that one', async () => {
    const [first, second] = rows[0]!
    await trail.write(1, { action: 'CREATE' })
    await trail.tamper(async sql => {
      await sql`update operations.audit_logs set action = 'DELETE' where id = ${second!}`
      const other = '00000000-0000-7000-8000-000000000000'
      await sql`update operations.audit_logs set id = ${other} where id = ${first!}`
      await sql`update operations.audit_logs set id = ${first!} where id = ${second!}`
      await sql`update operations.audit_logs set id = ${second!} where id = ${other}`
    })
    const seal = await firstSeal()
    expect(await findings()).toEqual([
      { kind: 'changed-row', row: first, seal },
      { kind: 'changed-row', row: second, seal },
    ])
  })

  it('that was inserted is named', async () => {
    const [inserted] = await trail.tamper(
      sql => sql<{ id: string }[]>`insert into operations.audit_logs (action, resource_type, values_salt, values_digest)
        values ('DELETE', 'test.things', '\\x00', operations.audit_values_digest('\\x00', null, null, null, null, null, null)) returning id`,
    )
    expect(await findings()).toEqual([{ kind: 'inserted-row', row: inserted!.id }])
  })

  it('that was deleted is named', async () => {
    const row = rows[2]![3]!
    await trail.tamper(sql => sql`delete from operations.audit_logs where id = ${row}`)
    expect(await findings()).toEqual([{ kind: 'deleted-row', row, seal: (await firstSeal()) + 2 }])
  })

  it('that was deleted before it was sealed is named before and after', async () => {
    const [row] = await trail.write(2)
    await trail.tamper(sql => sql`delete from operations.audit_logs where id = ${row!}`)
    expect(await findings()).toEqual([{ kind: 'deleted-row', row }])
    const { sealNumber } = await trail.sealAndAnchor()
    expect(await findings()).toEqual([{ kind: 'deleted-row', row, seal: sealNumber }])
  })

  it('of which the values were erased without a record is named', async () => {
    const row = rows[1]![0]!
    await trail.tamper(
      sql => sql`update operations.audit_logs set session_id = null, ip_address = null, user_agent = null, old_values = null, new_values = null,
        values_salt = null, erased_by = null where id = ${row}`,
    )
    expect(await findings()).toEqual([{ kind: 'erased-without-record', row, seal: (await firstSeal()) + 1 }])
  })

  it('that names the record of the erasure of other rows is named', async () => {
    const userId = '00000000-0000-7000-8000-00000000000a'
    const [own] = await trail.write(1, { user_id: userId })
    await trail.call('operations.erase_audit_values', { userId })
    expect(await findings()).toEqual([])
    const row = rows[1]![0]!
    await trail.tamper(
      sql => sql`update operations.audit_logs a set session_id = null, ip_address = null, user_agent = null, old_values = null, new_values = null,
        values_salt = null, erased_by = other.erased_by from operations.audit_logs other where a.id = ${row} and other.id = ${own!}`,
    )
    expect(await findings()).toEqual([{ kind: 'erased-without-record', row, seal: (await firstSeal()) + 1 }])
  })
})

describe('a seal', () => {
  it('that is missing in the middle is named, with its rows', async () => {
    const seal = (await firstSeal()) + 1
    await trail.tamper(sql => sql`delete from operations.audit_seals where number = ${seal}`)
    const found = await findings()
    expect(found[0]).toEqual({ kind: 'missing-seal', seal })
    expect(found.slice(1).toSorted((a, b) => (a.row! < b.row! ? -1 : 1))).toEqual(rows[1]!.map(row => ({ kind: 'inserted-row', row })))
  })

  it.each([
    "month = '2026-01-01'",
    'total_rows = total_rows + 1',
    "root = '\\x00'",
    'sealed_at = now()',
    "previous_hash = '\\x00'",
    "hash = '\\x00'",
  ])('with a changed field is named: %s', async change => {
    const seal = (await firstSeal()) + 1
    await trail.tamper(sql => sql.unsafe(`update operations.audit_seals set ${change} where number = ${seal}`))
    expect(await findings()).toContainEqual({ kind: 'changed-seal', seal })
  })

  it('with a changed list of rows is named', async () => {
    const seal = await firstSeal()
    await trail.tamper(
      sql =>
        sql`update operations.audit_seals set row_hashes = set_byte(row_hashes, 5, 1 - sign(get_byte(row_hashes, 5))::int) where number = ${seal}`,
    )
    expect(await findings()).toContainEqual({ kind: 'changed-seal', seal })
  })
})

describe('the chain', () => {
  it('with a cut-off tail, rows and seals, is found by the anchor', async () => {
    const seal = (await firstSeal()) + 1
    await trail.tamper(async sql => {
      await sql`delete from operations.audit_logs where id = any (${arrayText([...rows[1]!, ...rows[2]!])}::uuid[])`
      await sql`delete from operations.audit_seals where number >= ${seal}`
      await sql`delete from operations.audit_anchors where seal_number >= ${seal}`
    })
    expect(await findings()).toEqual([{ kind: 'cut-off-tail', seal, anchor: keyOf(anchorFiles().at(-1)!) }])
  })

  it('that was written again from a changed row on, and is valid by itself, does not fit the anchors', async () => {
    const seal = (await firstSeal()) + 1
    await trail.tamper(
      sql => sql`update operations.audit_logs set action = 'READ', new_values = '{"name": "Another"}', values_digest = operations.audit_values_digest(values_salt,
        session_id, ip_address, user_agent, old_values, '{"name": "Another"}', metadata) where id = ${rows[1]![0]!}`,
    )
    await rewriteFrom(seal)
    expect(await findings()).toEqual(
      anchorFiles()
        .slice(-2)
        .map((file, place) => ({ kind: 'rewritten-chain', seal: seal + place, anchor: keyOf(file) })),
    )
  })
})

describe('an anchor', () => {
  it('that was replaced by one with another signing key is named, also with that key in the store', async () => {
    const file = anchorFiles()[2]!
    const { head } = parseAnchor(readFileSync(file))!
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const keyFingerprint = createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('hex')
    const changed = { ...head, keyFingerprint }
    writeFileSync(join(trail.anchors, 'public-keys', `${keyFingerprint}.pem`), publicKey.export({ type: 'spki', format: 'pem' }))
    writeFileSync(
      file,
      JSON.stringify({ head: changed, signature: sign('sha256', Buffer.from(anchorText(changed)), privateKey).toString('base64') }),
    )
    expect(await findings()).toEqual([{ kind: 'changed-anchor', anchor: keyOf(file) }])
  })

  it('that was signed again with the same key is named', async () => {
    const file = anchorFiles()[2]!
    const { head } = parseAnchor(readFileSync(file))!
    const changed = { ...head, sealHash: '1'.repeat(64) }
    const key = createPrivateKey(readFileSync(trail.keyFile))
    writeFileSync(
      file,
      JSON.stringify({ head: changed, signature: sign('sha256', Buffer.from(anchorText(changed)), key).toString('base64') }),
    )
    expect(await findings()).toEqual([{ kind: 'changed-anchor', anchor: keyOf(file) }])
  })

  it('with another content under the old signature, or none, is named', async () => {
    const [first, second] = anchorFiles()
    writeFileSync(first!, readFileSync(first!, 'utf8').replace('"totalRows": ', '"totalRows": 1'))
    writeFileSync(second!, '{}')
    expect(await findings()).toEqual([
      { kind: 'changed-anchor', anchor: keyOf(first!) },
      { kind: 'changed-anchor', anchor: keyOf(second!) },
    ])
  })

  it.each([1, 3])('that was deleted is named: number %i of four', async place => {
    const file = anchorFiles()[place]!
    rmSync(file)
    expect(await findings()).toEqual([{ kind: 'missing-anchor', anchor: keyOf(file) }])
  })

  it('that was deleted together with its record is named by the next one', async () => {
    const file = anchorFiles()[1]!
    rmSync(file)
    await trail.tamper(sql => sql`delete from operations.audit_anchors where key = ${keyOf(file)}`)
    expect(await findings()).toEqual([{ kind: 'missing-anchor', anchor: keyOf(file) }])
  })
})

describe('a month', () => {
  it('that was removed without a record is named', async () => {
    await trail.administrator`drop table ${trail.administrator(`operations.audit_logs_${new Date().toISOString().slice(0, 7).replace('-', '_')}`)}`
    expect(await findings()).toEqual([{ kind: 'removed-month', month: new Date().toISOString().slice(0, 7) }])
  })
})
