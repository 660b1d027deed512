import { describe, expect, it } from 'vitest'
import {
  anchorKey,
  countingRecords,
  dayOfAnchor,
  numberOfRestoreRecord,
  parseRestoreRecord,
  restoreRecordKey,
  type RestoreRecordHead,
  restoreRecordText,
} from '../../../domain/operations/index.ts'

const hash = (digit: number) => String(digit).repeat(64)
const record = (number: number, ...superseded: readonly { key: string; sha256: string }[]) => {
  const head: RestoreRecordHead = {
    format: 'nestegg restore record 1',
    number,
    declaredAt: '2026-11-27T01:00:00.000Z',
    declaredBy: 'operator',
    reason: 'A trial.',
    lastSeal: { number: 1, hash: hash(1) },
    newestAnchor: null,
    superseded: [...superseded],
    previous: null,
    keyFingerprint: hash(2),
  }
  return { key: restoreRecordKey(number), sha256: hash(number), head }
}
const anchor = { key: anchorKey('2026-11-27', 7), sha256: hash(7) }

describe('the records that count', () => {
  it('are those that no later one supersedes', () => {
    const [first, second] = [record(1, anchor), record(2, anchor)]
    expect(countingRecords([first, second])).toEqual([first, second])
    expect(countingRecords([])).toEqual([])
  })

  it('count again when the record that supersedes them is superseded', () => {
    const first = record(1, anchor)
    const back = record(2, first)
    expect(countingRecords([first, back])).toEqual([back])
    const forth = record(3, back)
    expect(countingRecords([first, back, forth])).toEqual([first, forth])
  })

  it('are not those that a later one names with another content', () => {
    const first = record(1, anchor)
    const second = record(2, { key: first.key, sha256: hash(9) })
    expect(countingRecords([first, second])).toEqual([first, second])
  })
})

it('the text that is signed fits KMS, however many anchors a record names, and changes with each of them', () => {
  const { head } = record(1, ...Array.from({ length: 5_000 }, (_, place) => ({ key: anchorKey('2026-11-27', place + 1), sha256: hash(3) })))
  expect(Buffer.byteLength(restoreRecordText(head))).toBeLessThan(4096)
  const other = { ...head, superseded: head.superseded.with(4_321, anchor) }
  expect(restoreRecordText(other)).not.toBe(restoreRecordText(head))
})

it('keys of anchors have a suffix if a record has taken their place, and keys of records are no anchors', () => {
  expect(anchorKey('2026-11-27', 12)).toBe('audit/2026/11/27/000000000012.json')
  expect(anchorKey('2026-11-27', 12, 3)).toBe('audit/2026/11/27/000000000012-3.json')
  expect(['audit/2026/11/27/000000000012.json', 'audit/2026/11/27/000000000012-3.json'].map(dayOfAnchor)).toEqual([
    '2026-11-27',
    '2026-11-27',
  ])
  expect(dayOfAnchor(restoreRecordKey(1))).toBeUndefined()
  expect([restoreRecordKey(1), restoreRecordKey(12_345)].map(numberOfRestoreRecord)).toEqual([1, 12_345])
  expect([restoreRecordKey(1), 'audit/restores/1.json', anchor.key].map(numberOfRestoreRecord)).toEqual([1, undefined, undefined])
})

it('what is not a record is not read as one', () => {
  const { head } = record(1, anchor)
  const bytes = (value: unknown) => Buffer.from(JSON.stringify(value))
  expect(parseRestoreRecord(bytes({ head, signature: 'AAAA' }))?.head).toEqual(head)
  for (const changed of [
    { ...head, more: 1 },
    { ...head, superseded: [] },
    { ...head, lastSeal: null },
    { ...head, format: 'another' },
  ])
    expect(parseRestoreRecord(bytes({ head: changed, signature: 'AAAA' }))).toBeUndefined()
  expect(parseRestoreRecord(Buffer.from('no JSON'))).toBeUndefined()
})
