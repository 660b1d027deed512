import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type AnchorObject,
  anchorKey,
  parseAnchor,
  parseRestoreRecord,
  publicKeyKey,
  restoreRecordKey,
  type RestoreRecordHead,
  restoreRecordText,
} from '../../../domain/operations/index.ts'
import { fileSigner, fingerprintOf } from '../../../lambdas/operations/audit/signing.ts'
import { startTrialTrail, type TrialTrail } from '../../support/audit-trail.ts'

let trail: TrialTrail
/** The number of the first seal, and the keys of four anchors: one for each day, and each for a seal of its own. */
let first: number
let keys: string[]
const days = ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04']

const anchorOn = async (day: string): Promise<string> => {
  await trail.write(2)
  return (await trail.sealAndAnchor(new Date(`${day}T00:25:00Z`))).anchor!
}

beforeEach(async () => {
  trail = await startTrialTrail()
  keys = []
  for (const day of days) keys.push(await anchorOn(day))
  first = parseAnchor(await trail.store.get(keys[0]!))!.head.sealNumber
})
afterEach(() => trail.close())

/** What a restore to an earlier time leaves: nothing after a seal. */
const restoreTo = (seal: number) =>
  trail.tamper(async sql => {
    await sql`delete from operations.audit_logs where id not in (
      select encode(substring(row_ids from 16 * place + 1 for 16), 'hex')::uuid from operations.audit_seals, generate_series(0, row_count - 1) place
      where number <= ${seal})`
    await sql`delete from operations.unsealed_audit_rows`
    await sql`delete from operations.audit_anchors where seal_number > ${seal}`
    await sql`delete from operations.audit_restore_records where seal_number > ${seal}`
    await sql`delete from operations.audit_seals where number > ${seal}`
  })

const findings = async (range?: { from?: string; to?: string }) =>
  (await trail.verify(range)).findings.map(({ detail, ...named }) => {
    expect(detail).toMatch(/^[A-Z].+\.$/)
    return named
  })

const fileOf = (key: string) => join(trail.anchors, key)
const objectOf = (key: string): AnchorObject => ({
  key,
  sha256: createHash('sha256')
    .update(readFileSync(fileOf(key)))
    .digest('hex'),
})
const recordOf = (number: number) => parseRestoreRecord(readFileSync(fileOf(restoreRecordKey(number))))!
const ownKey = () => createPrivateKey(readFileSync(trail.keyFile))
const writeRecord = (head: RestoreRecordHead, key: KeyObject) =>
  writeFileSync(
    fileOf(restoreRecordKey(head.number)),
    JSON.stringify({ head, signature: sign('sha256', Buffer.from(restoreRecordText(head)), key).toString('base64') }),
  )
/** Restores to the second seal and declares it: the third and the fourth anchor are superseded. */
const lose = async (day = '2026-11-04') => {
  await restoreTo(first + 1)
  return trail.declareLoss(new Date(`${day}T10:00:00Z`))
}

describe('a restore that nobody has declared', () => {
  it('is a failure, and nothing is anchored', async () => {
    await restoreTo(first + 1)
    expect(await findings()).toEqual([{ kind: 'cut-off-tail', seal: first + 2, anchor: keys[3] }])
    await trail.write(1)
    await expect(trail.sealAndAnchor(new Date('2026-11-05T00:25:00Z'))).rejects.toThrow(
      'nobody has declared what that lost (audit declare-loss)',
    )
    await trail.write(1)
    await trail.seal()
    expect((await findings()).map(({ kind }) => kind)).toEqual(['rewritten-chain', 'rewritten-chain'])
  })
})

describe('a declared restore', () => {
  it('is a note, and the chain goes on under other keys', async () => {
    await restoreTo(first + 1)
    await trail.write(1)
    const declared = await trail.declareLoss(new Date('2026-11-03T10:00:00Z'))
    const next = anchorKey('2026-11-03', first + 2, 1)
    expect(declared).toEqual({ record: restoreRecordKey(1), supersededAnchors: 2, anchor: next })
    const { head } = recordOf(1)
    expect(head).toMatchObject({
      number: 1,
      declaredAt: '2026-11-03T10:00:00.000Z',
      declaredBy: 'operator',
      reason: 'A trial.',
      lastSeal: { number: first + 2 },
      newestAnchor: objectOf(keys[1]!),
      superseded: [objectOf(keys[2]!), objectOf(keys[3]!)],
      previous: null,
    })
    expect(parseAnchor(readFileSync(fileOf(next)))!.head).toMatchObject({
      previous: objectOf(keys[1]!),
      restore: objectOf(restoreRecordKey(1)),
    })
    const fifth = await anchorOn('2026-11-05')
    expect(fifth).toBe(anchorKey('2026-11-05', first + 3))
    expect(parseAnchor(readFileSync(fileOf(fifth)))!.head).toMatchObject({ previous: { key: next }, restore: { key: restoreRecordKey(1) } })
    expect(await trail.verify()).toMatchObject({
      isValid: true,
      findings: [],
      newestAnchor: fifth,
      supersededAnchors: 2,
      unanchoredSeals: 0,
      restores: [
        {
          key: restoreRecordKey(1),
          declaredAt: '2026-11-03T10:00:00.000Z',
          declaredBy: 'operator',
          reason: 'A trial.',
          lastSeal: first + 2,
          supersededAnchors: 2,
          counts: true,
        },
      ],
    })
    expect(await trail.verify({ from: '2026-12' })).toMatchObject({ isValid: true, anchors: 0, supersededAnchors: 0 })
    expect(
      await trail.administrator`select metadata ->> 'reason' as reason from operations.audit_logs where resource_type = 'operations.audit_restore_records'`,
    ).toEqual([{ reason: 'A trial.' }])
  })

  it('keeps an anchor that the restored chain has, and that it had not recorded', async () => {
    await restoreTo(first + 1)
    await trail.tamper(sql => sql`delete from operations.audit_anchors where key = ${keys[1]!}`)
    expect(await trail.declareLoss(new Date('2026-11-04T10:00:00Z'))).toMatchObject({ supersededAnchors: 2 })
    expect(recordOf(1).head.newestAnchor).toEqual(objectOf(keys[1]!))
    expect(await trail.verify()).toMatchObject({ isValid: true, supersededAnchors: 2 })
  })

  it('is not made where nothing is ahead', async () => {
    expect(await trail.declareLoss(new Date('2026-11-04T10:00:00Z'))).toMatchObject({ record: null, supersededAnchors: 0, anchor: keys[3] })
    expect(await trail.store.list('audit/restores/')).toEqual([])
    await lose()
    expect(await trail.declareLoss(new Date('2026-11-04T11:00:00Z'))).toMatchObject({ record: null })
    expect(await trail.verify()).toMatchObject({ isValid: true, restores: [{ counts: true }] })
  })

  it('that was stopped before it was recorded is recorded by the next sealing', async () => {
    await lose()
    await trail.tamper(sql => sql`delete from operations.audit_restore_records`)
    expect(await findings()).toEqual([])
    await anchorOn('2026-11-05')
    expect(await trail.administrator`select number from operations.audit_restore_records`).toEqual([{ number: 1 }])
  })

  it('is refused if the anchors ahead are signed with another key', async () => {
    await restoreTo(first + 1)
    rmSync(trail.keyFile)
    await expect(trail.declareLoss()).rejects.toThrow('which the key of this platform has not signed')
    expect(await trail.store.list('audit/restores/')).toEqual([])
  })

  it('does not cover a second restore', async () => {
    await lose()
    const [fifth, sixth] = [await anchorOn('2026-11-05'), await anchorOn('2026-11-06')]
    const { sealNumber } = parseAnchor(readFileSync(fileOf(fifth)))!.head
    await restoreTo(sealNumber)
    expect(await findings()).toEqual([{ kind: 'cut-off-tail', seal: sealNumber + 1, anchor: sixth }])
    await trail.declareLoss(new Date('2026-11-06T10:00:00Z'))
    expect(recordOf(2).head.previous).toEqual(objectOf(restoreRecordKey(1)))
    expect(await trail.verify()).toMatchObject({ isValid: true, supersededAnchors: 3, restores: [{ counts: true }, { counts: true }] })
  })
})

describe('a restore to before an earlier one', () => {
  it('supersedes its record, and a return to that chain makes it count again', async () => {
    const declared = await lose()
    const fifth = await anchorOn('2026-11-05')
    const tables = ['audit_logs', 'audit_seals', 'audit_anchors', 'audit_restore_records']
    for (const table of tables)
      await trail.administrator.unsafe(`create table operations.kept_${table} as select * from operations.${table}`)
    await restoreTo(first)
    expect((await findings()).map(({ kind }) => kind)).toEqual(['cut-off-tail'])
    await expect(trail.sealAndAnchor(new Date('2026-11-06T00:25:00Z'))).rejects.toThrow('nobody has declared')
    const second = await trail.declareLoss(new Date('2026-11-06T10:00:00Z'))
    expect(second).toMatchObject({ record: restoreRecordKey(2) })
    expect(new Set(recordOf(2).head.superseded.map(({ key }) => key))).toEqual(
      new Set([...keys.slice(1), declared.anchor, fifth, restoreRecordKey(1)]),
    )
    const seventh = await anchorOn('2026-11-07')
    expect(await trail.verify()).toMatchObject({ isValid: true, restores: [{ counts: false }, { counts: true }] })

    // The database of before comes back.
    await restoreTo(first)
    await trail.tamper(async sql => {
      for (const table of tables)
        await sql.unsafe(`insert into operations.${table} select * from operations.kept_${table} on conflict do nothing`)
    })
    expect((await findings()).map(({ kind }) => kind)).toContain('rewritten-chain')
    await trail.declareLoss(new Date('2026-11-08T10:00:00Z'))
    expect(recordOf(3).head.superseded.map(({ key }) => key)).toEqual(expect.arrayContaining([seventh, restoreRecordKey(2)]))
    await anchorOn('2026-11-08')
    const verified = await trail.verify()
    expect(verified).toMatchObject({ findings: [], isValid: true, restores: [{ counts: true }, { counts: false }, { counts: true }] })
  })
})

describe('a record', () => {
  beforeEach(async () => {
    await lose()
    await anchorOn('2026-11-05')
  })
  const restore = restoreRecordKey(1)
  const ahead = () => ({ kind: 'rewritten-chain', seal: first + 2, anchor: keys[2] })

  it.each([
    ['with another reason', (head: RestoreRecordHead) => ({ ...head, reason: 'Another.' })],
    [
      'that supersedes one more anchor',
      (head: RestoreRecordHead) => ({ ...head, superseded: [...head.superseded, { key: 'audit/x', sha256: head.lastSeal.hash }] }),
    ],
    ['with another seal', (head: RestoreRecordHead) => ({ ...head, lastSeal: { ...head.lastSeal, number: 1 } })],
  ])('%s under the old signature is named, and excuses nothing', async (_, change) => {
    const { head, signature } = recordOf(1)
    writeFileSync(fileOf(restore), JSON.stringify({ head: change(head), signature }))
    const found = await findings()
    expect(found[0]).toEqual({ kind: 'changed-restore-record', restore })
    expect(found).toContainEqual(ahead())
  })

  it('without a signature is named', async () => {
    writeFileSync(fileOf(restore), JSON.stringify({ head: recordOf(1).head }))
    expect(await findings()).toEqual(expect.arrayContaining([{ kind: 'changed-restore-record', restore }, ahead()]))
  })

  it('that was signed again with the same key is named', async () => {
    writeRecord({ ...recordOf(1).head, reason: 'Another.' }, ownKey())
    expect(await findings()).toContainEqual({ kind: 'changed-restore-record', restore })
  })

  it('that is missing is named, also without its row in the database', async () => {
    const bytes = readFileSync(fileOf(restore))
    rmSync(fileOf(restore))
    expect(await findings()).toEqual(expect.arrayContaining([{ kind: 'missing-restore-record', restore }, ahead()]))
    await trail.tamper(sql => sql`delete from operations.audit_restore_records`)
    expect(await findings()).toEqual(expect.arrayContaining([{ kind: 'missing-restore-record', restore }, ahead()]))
    writeFileSync(fileOf(restore), bytes)
    expect(await findings()).toEqual([])
  })

  it('that was deleted with everything after it leaves the restore undeclared', async () => {
    rmSync(fileOf(restore))
    await trail.tamper(sql => sql`delete from operations.audit_restore_records`)
    for (const { key } of await trail.store.list('audit/2026/11/05/')) rmSync(fileOf(key))
    for (const { key } of await trail.store.list('audit/2026/11/04/')) if (key !== keys[3]) rmSync(fileOf(key))
    await trail.tamper(sql => sql`delete from operations.audit_anchors where key > ${keys[1]!}`)
    expect(await findings()).toContainEqual(ahead())
  })

  it('that supersedes an anchor of the chain is named', async () => {
    writeRecord({ ...recordOf(1).head, number: 2, superseded: [objectOf(keys[1]!)], previous: objectOf(restore) }, ownKey())
    expect(await findings()).toEqual([{ kind: 'false-restore-record', seal: first + 1, anchor: keys[1], restore: restoreRecordKey(2) }])
  })

  it('with a number after a gap, or another number than its own, is named', async () => {
    const { head } = recordOf(1)
    writeRecord({ ...head, number: 3, previous: null }, ownKey())
    expect(await findings()).toEqual([{ kind: 'missing-restore-record', restore: restoreRecordKey(2) }])
    writeFileSync(fileOf(restoreRecordKey(2)), readFileSync(fileOf(restore)))
    expect(await findings()).toEqual([{ kind: 'changed-restore-record', restore: restoreRecordKey(2) }])
  })

  it('is named with the anchors that it supersedes, if they are changed or missing', async () => {
    rmSync(fileOf(keys[2]!))
    expect(await findings()).toEqual([{ kind: 'missing-anchor', anchor: keys[2] }])
    const { head, signature } = parseAnchor(readFileSync(fileOf(keys[3]!)))!
    writeFileSync(fileOf(keys[3]!), JSON.stringify({ head, signature }))
    expect(await findings()).toEqual([
      { kind: 'missing-anchor', anchor: keys[2] },
      { kind: 'changed-anchor', anchor: keys[3] },
    ])
  })
})

describe('who has all rights in the database and no signing key', () => {
  it('cannot hide a removed tail: not by a record of a key of their own, also if the database names it and the store has it', async () => {
    const seal = first + 2
    await restoreTo(first + 1)
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const keyFingerprint = fingerprintOf(publicKey)
    await trail.store.put(publicKeyKey(keyFingerprint), Buffer.from(publicKey.export({ type: 'spki', format: 'pem' })))
    const [last] = await trail.administrator<{ hash: string }[]>`
      select encode(hash, 'hex') as hash from operations.audit_seals where number = ${first + 1}`
    const head: RestoreRecordHead = {
      format: 'nestegg restore record 1',
      number: 1,
      declaredAt: '2026-11-04T10:00:00Z',
      declaredBy: 'intruder',
      reason: 'A trial.',
      lastSeal: { number: first + 1, hash: last!.hash },
      newestAnchor: objectOf(keys[1]!),
      superseded: [objectOf(keys[2]!), objectOf(keys[3]!)],
      previous: null,
      keyFingerprint,
    }
    await trail.store.put(restoreRecordKey(1), Buffer.from(''))
    writeRecord(head, privateKey)
    const tail = { kind: 'cut-off-tail', seal, anchor: keys[3] }
    expect(await findings()).toEqual([{ kind: 'changed-restore-record', restore: restoreRecordKey(1) }, tail])
    const { sha256 } = objectOf(restoreRecordKey(1))
    await trail.call('operations.record_audit_restore', {
      number: 1,
      sealNumber: first + 1,
      sealHash: last!.hash,
      sha256,
      keyFingerprint,
      reason: 'A trial.',
      declaredBy: 'intruder',
    })
    expect(await findings()).toEqual([tail])
    expect((await trail.verify()).keyFingerprints).toContain(keyFingerprint)
    await expect(trail.sealAndAnchor()).rejects.toThrow('which the key of this platform has not signed')
  })

  it('cannot record a restore of another chain', async () => {
    const { publicKey } = fileSigner(trail.keyFile)
    await expect(
      trail.call('operations.record_audit_restore', {
        number: 1,
        sealNumber: first,
        sealHash: '0'.repeat(64),
        sha256: '0'.repeat(64),
        keyFingerprint: fingerprintOf(publicKey),
        reason: 'x',
        declaredBy: 'x',
      }),
    ).rejects.toThrow('names a seal that this chain does not have')
    await expect(trail.owner`update operations.audit_restore_records set number = 2`).rejects.toThrow('audit_restore_records')
  })
})
