import { type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { SelectField } from './field.tsx'
import { Moment } from './figures.tsx'
import { Badge, Section } from './page.tsx'
import { Table } from './table.tsx'
import styles from './versions.module.css'
import { versions as m } from '#messages/versions'

/** A version of something that keeps its history. */
export interface VersionOf<Change extends string> {
  readonly version: number
  readonly change: Change
  /** The version that was restored. */
  readonly fromVersion: number | null
  readonly createdAt: string
  readonly createdBy: string | null
}

/** The versions that are listed. */
interface Listed<Change extends string> {
  /** The newest first. */
  readonly versions: readonly VersionOf<Change>[]
  /** The number of the version as it is now. */
  readonly current: number
  /** The words of each kind of change. */
  readonly changes: Readonly<Record<Change, string>>
}

/** What was done, in words. */
const changeWords = <Change extends string>(
  { change, fromVersion }: Pick<VersionOf<Change>, 'change' | 'fromVersion'>,
  changes: Readonly<Record<Change, string>>,
): string => (fromVersion === null ? changes[change] : m.fromVersion(changes[change], fromVersion))

/** The versions, the newest first, each with what was done, when and by whom. */
export const VersionList = <Change extends string>({
  caption,
  changes,
  current,
  nameOf,
  restore,
  versions,
}: Listed<Change> & {
  readonly caption: string
  /** The name of the person who made a version. */
  readonly nameOf: (userId: string | null) => string
  /** Restores a version, and says by itself if that fails. Left out: the person may not. */
  readonly restore: ((version: number) => Promise<void>) | undefined
}) => {
  const [busy, setBusy] = useState(false)
  const start = async (version: number) => {
    setBusy(true)
    await restore?.(version)
    setBusy(false)
  }
  return (
    <Section title={m.versions} lead={m.lead}>
      <ol className={styles['versions']} aria-label={caption}>
        {versions.map(version => (
          <li key={version.version} className={styles['version']}>
            <div>
              <strong>{changeWords(version, changes)}</strong> {version.version === current && <Badge kind="good">{m.current}</Badge>}
              <p className={styles['quiet']}>
                {m.numbered(version.version)} · <Moment instant={version.createdAt} /> · <bdi>{nameOf(version.createdBy)}</bdi>
              </p>
            </div>
            {restore && version.version !== current && (
              <Button kind="quiet" busy={busy} aria-label={m.restoreOf(version.version)} onClick={() => void start(version.version)}>
                {m.restore}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Section>
  )
}

/** Two versions to choose: at first the newest one and the one before it. `children` shows how they differ. */
export const CompareVersions = <Change extends string>({
  changes,
  children,
  current,
  versions,
}: Listed<Change> & { readonly children: (from: number, to: number) => ReactNode }) => {
  const [chosenFrom, setFrom] = useState<number>()
  const [chosenTo, setTo] = useState<number>()
  const to = chosenTo ?? current
  const from = chosenFrom ?? versions[1]?.version ?? current
  const options = versions.map(
    version => [String(version.version), `${m.numbered(version.version)} – ${changeWords(version, changes)}`] as const,
  )
  return (
    <Section title={m.differences} lead={m.differencesLead}>
      <div className={styles['choice']}>
        <SelectField
          id="compare-from"
          name="from"
          error={undefined}
          label={m.from}
          value={String(from)}
          options={options}
          onChange={value => setFrom(Number(value))}
        />
        <SelectField
          id="compare-to"
          name="to"
          error={undefined}
          label={m.to}
          value={String(to)}
          options={options}
          onChange={value => setTo(Number(value))}
        />
      </div>
      {children(from, to)}
    </Section>
  )
}

/** A field that differs between two versions. Without both values it is the title of the rows that follow. */
export interface DifferenceRow {
  readonly key: string
  readonly field: string
  readonly before: string
  readonly after: string
}

/** What differs between two versions, in words. */
export const DifferenceTable = ({ rows }: { readonly rows: readonly DifferenceRow[] }) => (
  <Table
    caption={m.differences}
    rows={rows}
    rowKey={row => row.key}
    columns={[
      { key: 'field', header: m.field, cell: row => (row.before === '' && row.after === '' ? <strong>{row.field}</strong> : row.field) },
      { key: 'before', header: m.before, cell: row => <bdi>{row.before}</bdi> },
      { key: 'after', header: m.after, cell: row => <bdi>{row.after}</bdi> },
    ]}
  />
)
