import { Button } from '../components/button.tsx'
import { TextField } from '../components/field.tsx'
import { Count } from '../components/figures.tsx'
import { formatNumber } from '../components/format.ts'
import { Grid, Notice, Section, Stat } from '../components/page.tsx'
import { LongTable, Table } from '../components/table.tsx'
import { useLook } from '../shell/preferences.ts'
import { LoadProfile } from './load-profile.tsx'
import type { Check, Profile, RowFault } from './load-rows.ts'
import { MissingInstrument } from './missing-instrument.tsx'
import { chart, load as m } from '#messages/market'

const Faults = ({ all, faults, text }: { readonly faults: readonly RowFault[]; readonly all: number; readonly text: string }) => {
  const look = useLook()
  const lines = text.split(/\r\n|\r|\n/)
  return (
    <>
      <h3>{m.faults}</h3>
      {all > faults.length && <p>{m.moreFaults(formatNumber(faults.length, look), formatNumber(all, look))}</p>}
      <LongTable
        caption={m.faults}
        rows={faults}
        rowKey={({ column, line, message }) => `${line} ${column} ${message}`}
        columns={[
          { key: 'row', header: m.row, cell: ({ line }) => line },
          { key: 'column', header: m.column, cell: ({ column }) => column },
          { key: 'reason', header: m.reason, cell: ({ message }) => message },
          { key: 'content', header: m.content, cell: ({ line }) => line !== undefined && <code>{lines[line - 1]?.slice(0, 120)}</code> },
        ]}
      />
    </>
  )
}

const Understood = ({ bars }: { readonly bars: NonNullable<NonNullable<Check['answer']>['preview']>['bars'] }) => (
  <>
    <h3>{m.rows}</h3>
    <Table
      caption={m.rows}
      rows={bars.map((bar, index) => ({ ...bar, key: index }))}
      rowKey={({ key }) => String(key)}
      columns={[
        { key: 'symbol', header: m.symbol, cell: ({ symbol }) => symbol },
        { key: 'time', header: chart.time, cell: ({ time }) => time },
        { key: 'open', header: chart.open, align: 'end', cell: ({ open }) => open },
        { key: 'high', header: chart.high, align: 'end', cell: ({ high }) => high },
        { key: 'low', header: chart.low, align: 'end', cell: ({ low }) => low },
        { key: 'close', header: chart.close, align: 'end', cell: ({ close }) => close },
        { key: 'volume', header: chart.volume, align: 'end', cell: ({ volume }) => volume },
      ]}
    />
  </>
)

/** What storing the checked rows would do, and the button that does it. */
export const LoadPreview = ({
  busy,
  check: { answer, faults, rows },
  isStale,
  onMade,
  onProfile,
  onSource,
  onStore,
  source,
}: {
  readonly check: Check
  /** The rows have changed since. */
  readonly isStale: boolean
  readonly busy: boolean
  readonly onStore: () => void
  /** The name under which is kept how the file is read; empty to keep nothing. */
  readonly source: string
  readonly onSource: (source: string) => void
  /** The file is to be read in another way. */
  readonly onProfile: (profile: Profile) => void
  /** An instrument was made that was missing. */
  readonly onMade: () => void
}) => {
  const preview = answer?.preview
  const faultCount = preview?.faults ?? faults.length
  const missing = preview?.unknownSymbols[0]
  const reading = answer?.reading
  const isDoubtful = reading !== undefined && reading.ambiguous.length > 0
  const isRefused = faultCount > 0 || missing !== undefined || isDoubtful
  return (
    <Section title={m.preview} lead={isRefused ? m.refusedLead : m.previewLead}>
      <Grid>
        <Stat label={m.fresh}>
          <Count value={(answer?.stored ?? 0) - (preview?.replaced ?? 0)} />
        </Stat>
        <Stat label={m.replaced}>
          <Count value={preview?.replaced ?? 0} />
        </Stat>
        <Stat label={m.unchanged}>
          <Count value={answer?.unchanged ?? 0} />
        </Stat>
        <Stat label={m.refused}>
          <Count value={faultCount} />
        </Stat>
      </Grid>
      {isStale && <Notice kind="warn">{m.stale}</Notice>}
      {preview && preview.ignoredColumns.length > 0 && <p>{m.ignored(preview.ignoredColumns.join(', '))}</p>}
      {isDoubtful && <Notice kind="warn">{m.doubtful}</Notice>}
      {reading && <LoadProfile key={JSON.stringify(reading)} reading={reading} isFile={rows.file !== undefined} onChange={onProfile} />}
      {missing !== undefined && <MissingInstrument key={missing} symbol={missing} onMade={onMade} />}
      {faults.length > 0 && <Faults faults={faults} all={faultCount} text={rows.text} />}
      {preview && <Understood bars={preview.bars} />}
      {!isRefused && (
        <>
          {reading?.columnNames.some(name => name !== '') && (
            <TextField
              id="price-source"
              name="source"
              label={m.saveAs}
              help={m.saveAsHelp}
              value={source}
              onChange={onSource}
              error={undefined}
              optional
            />
          )}
          <p>
            <Button kind="primary" busy={busy} disabled={isStale} onClick={onStore}>
              {m.store}
            </Button>
          </p>
        </>
      )}
    </Section>
  )
}
