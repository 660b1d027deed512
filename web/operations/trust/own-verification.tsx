import { useState } from 'react'
import { Count, Moment } from '../../components/figures.tsx'
import { formatNumber } from '../../components/format.ts'
import { Section } from '../../components/page.tsx'
import { Seal, type SealState, type Verification } from '../../components/seal.tsx'
import { Table } from '../../components/table.tsx'
import { type Look, useLook } from '../../shell/preferences.ts'
import styles from './trust.module.css'
import { isBad, type OwnResult, type Range, type SealOfEntries, verifyOwnEntries } from './verify-own.ts'
import { activity, ownVerification as m } from '#messages/trust'

const sealedOf = ({ entries }: OwnResult) => entries.filter(({ seal }) => seal !== null)
const badSealsOf = ({ seals }: OwnResult) => seals.filter(({ isIntact }) => !isIntact)
const isGood = (result: OwnResult): boolean => !result.entries.some(isBad) && badSealsOf(result).length === 0

/** What was found, in sentences. */
const wordsOf = (result: OwnResult, look: Look): Verification => {
  const { entries } = result
  if (entries.length === 0) return { kind: 'info', words: m.none }
  const sealed = sealedOf(result).length
  const number = (count: number) => formatNumber(count, look)
  const countOf = (state: (typeof entries)[number]['state']) => entries.filter(entry => entry.state === state).length
  const [faults, badSeals, waiting, erased] = [
    entries.filter(isBad).length,
    badSealsOf(result).length,
    countOf('waiting'),
    countOf('values-erased'),
  ]
  const sentences = [
    ...(isGood(result) && sealed > 0 ? [m.good(m.entries(number(sealed)))] : []),
    ...(faults > 0 ? [m.bad(m.faults(number(faults)), m.entries(number(entries.length)))] : []),
    ...(badSeals > 0 ? [m.badSeals(number(badSeals))] : []),
    ...(waiting > 0 ? [m.waiting(number(waiting))] : []),
    ...(erased > 0 ? [m.erased(number(erased))] : []),
  ]
  return { kind: !isGood(result) ? 'bad' : sealed > 0 ? 'good' : 'info', words: sentences.join(' ') }
}

const factsOf = (result: OwnResult) => {
  const { entries, seals } = result
  const [newest, oldest] = [entries[0], entries.at(-1)]
  const lastSeal = seals.at(-1)
  const anchor = seals.findLast(seal => seal.anchor !== null)?.anchor
  return [
    { label: m.all, value: <Count value={entries.length} /> },
    { label: m.sealed, value: <Count value={sealedOf(result).length} /> },
    ...(oldest ? [{ label: m.oldest, value: <Moment instant={oldest.timestamp} /> }] : []),
    ...(newest ? [{ label: m.newest, value: <Moment instant={newest.timestamp} /> }] : []),
    { label: m.seals, value: <Count value={seals.length} /> },
    ...(lastSeal ? [{ label: m.head, value: lastSeal.hash, isCode: true } as const] : []),
    ...(anchor ? [{ label: m.anchor, value: anchor.key, isCode: true } as const] : []),
  ]
}

/** The start of a hash is enough to compare two by eye. The whole of it is the title. */
const Hash = ({ value }: { readonly value: string | null }) => <code title={value ?? undefined}>{value?.slice(0, 12)}</code>

const Faults = ({ entries }: OwnResult) => (
  <Table
    caption={m.notMatching}
    rows={entries.filter(isBad)}
    rowKey={({ id }) => id}
    columns={[
      { key: 'when', header: m.when, cell: ({ timestamp }) => <Moment instant={timestamp} /> },
      { key: 'found', header: m.found, cell: ({ state }) => m.states[state] },
      { key: 'entry', header: m.entry, wide: true, cell: ({ id }) => <code>{id}</code> },
      { key: 'now', header: m.hashNow, wide: true, cell: ({ hash }) => <Hash value={hash} /> },
      { key: 'sealed', header: m.hashSealed, wide: true, cell: ({ sealedHash }) => <Hash value={sealedHash} /> },
      { key: 'seal', header: m.seal, cell: ({ seal }) => seal },
    ]}
  />
)

const Seals = ({ entries, seals }: OwnResult) => {
  const yours = Map.groupBy(entries, ({ seal }) => seal)
  return (
    <details className={styles['details']}>
      <summary>{m.chain}</summary>
      <p>{m.chainLead}</p>
      <Table<SealOfEntries>
        caption={m.chain}
        rows={seals.toReversed()}
        rowKey={({ number }) => String(number)}
        columns={[
          { key: 'seal', header: m.seal, cell: ({ number }) => number },
          { key: 'at', header: m.sealedAt, cell: ({ sealedAt }) => <Moment instant={sealedAt} /> },
          { key: 'yours', header: m.yours, cell: ({ number }) => <Count value={yours.get(number)?.length ?? 0} /> },
          { key: 'before', header: m.before, wide: true, cell: ({ previousHash }) => <Hash value={previousHash} /> },
          { key: 'hash', header: m.hash, cell: ({ hash }) => <Hash value={hash} /> },
          { key: 'next', header: m.next, wide: true, cell: ({ nextHash }) => (nextHash === null ? m.isNewest : <Hash value={nextHash} />) },
          { key: 'anchor', header: m.anchorSeal, wide: true, cell: ({ anchor }) => anchor?.sealNumber ?? m.noAnchor },
          { key: 'fits', header: m.fits, cell: ({ isIntact }) => (isIntact ? m.yes : m.no) },
        ]}
      />
    </details>
  )
}

/** Entries that all wait for their seal were compared with nothing. */
const stateOf = (result: OwnResult | undefined): SealState => {
  if (result && !isGood(result)) return { kind: 'mismatch' }
  return result && sealedOf(result).length > 0 ? { kind: 'verified', at: result.at } : { kind: 'unverified' }
}

/** Verifies the entries about one's own activity, and says what was found. */
export const OwnVerification = (range: Range) => {
  const look = useLook()
  const [result, setResult] = useState<OwnResult>()
  const verify = async (): Promise<Verification> => {
    const found = await verifyOwnEntries(range)
    setResult(found)
    return wordsOf(found, look)
  }
  const isKnown = result !== undefined && result.entries.length > 0
  const state = stateOf(result)
  return (
    <Section title={activity.chain} lead={activity.chainText}>
      {(range.from ?? range.to) !== undefined && <p>{m.range}</p>}
      <p>
        <Seal name={m.name} state={state} facts={result ? factsOf(result) : []} verify={verify} />
      </p>
      {isKnown && (
        <>
          <p>{wordsOf(result, look).words}</p>
          {result.entries.some(isBad) && <Faults {...result} />}
          {result.seals.length > 0 && <Seals {...result} />}
        </>
      )}
    </Section>
  )
}
