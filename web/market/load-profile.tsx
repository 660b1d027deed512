import { SelectField, TextField } from '../components/field.tsx'
import { Form } from '../components/form.tsx'
import { formatNumber } from '../components/format.ts'
import { Card } from '../components/page.tsx'
import { useForm } from '../components/use-form.ts'
import { useLook } from '../shell/preferences.ts'
import type { Profile, Reading } from './load-rows.ts'
import { loadProfile as m } from '#messages/market-forms'

const shownColumns = ['time', 'clock', 'symbol', 'open', 'high', 'low', 'close', 'volume'] as const

const placeOf = (ref: string | number | undefined, names: readonly string[]): string => {
  if (typeof ref === 'number') return String(ref)
  const place = ref === undefined ? -1 : names.indexOf(ref)
  return place === -1 ? '' : String(place + 1)
}

const Counts = ({ reading }: { readonly reading: Reading }) => {
  const look = useLook()
  const counted = (['filledFigures', 'correctedFigures', 'roundedFigures', 'skippedRows', 'dividends', 'splits', 'adjustedSplits'] as const)
    .filter(name => reading[name] > 0)
    .map(name => m.counts[name](formatNumber(reading[name], look)))
  const notes = reading.notes.map(({ field, message }) => `${m.fields[field] ?? field}: ${message}`)
  const kept = reading.keptProfile === null ? [] : [m.kept(reading.keptProfile)]
  return (
    <ul>
      {[...kept, ...notes, ...counted].map(text => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  )
}

/** How a file was read, with the evidence. Each part can be set, and the file read again. */
export const LoadProfile = ({
  isFile,
  onChange,
  reading,
}: {
  readonly reading: Reading
  /** Its encoding is not known yet to the browser. */
  readonly isFile: boolean
  readonly onChange: (profile: Profile) => void
}) => {
  const { ambiguous, columnNames, profile } = reading
  const form = useForm<Readonly<Record<string, string>>>({
    initial: {
      encoding: profile.encoding,
      delimiter: profile.delimiter,
      decimalMark: profile.decimalMark,
      thousandsMark: profile.thousandsMark,
      dateOrder: profile.dateOrder,
      timezone: profile.timezone ?? '',
      ...Object.fromEntries(shownColumns.map(name => [name, placeOf(profile.columns[name], columnNames)])),
    },
    submit: values => {
      const places = shownColumns.flatMap(name => (values[name] ? [[name, Number(values[name])] as const] : []))
      onChange({
        ...(isFile ? { encoding: values['encoding'] } : {}),
        delimiter: values['delimiter'],
        decimalMark: values['decimalMark'],
        thousandsMark: values['thousandsMark'],
        dateOrder: values['dateOrder'],
        timezone: values['timezone']?.trim() || null,
        // Other cells have other places.
        ...(values['delimiter'] === profile.delimiter ? { columns: Object.fromEntries(places) } : {}),
      })
      return Promise.resolve()
    },
  })
  const field = (name: string) => ({
    ...form.text(name),
    ...(ambiguous.includes(name) || ambiguous.includes(`columns.${name}`) ? { error: m.ambiguous } : {}),
  })
  const columns = [
    ['', m.none] as const,
    ...columnNames.map((name, place) => [String(place + 1), name === '' ? m.place(place + 1) : name] as const),
  ]
  return (
    <Card>
      <h3>{m.title}</h3>
      <Counts reading={reading} />
      <Form form={form} submit={m.again} columns>
        {isFile && <SelectField {...field('encoding')} label={m.fields['encoding']!} options={m.encodings} />}
        <SelectField {...field('delimiter')} label={m.fields['delimiter']!} options={m.delimiters} />
        <SelectField {...field('decimalMark')} label={m.fields['decimalMark']!} options={m.decimalMarks} />
        <SelectField {...field('thousandsMark')} label={m.fields['thousandsMark']!} options={m.thousandsMarks} />
        <SelectField {...field('dateOrder')} label={m.fields['dateOrder']!} options={m.dateOrders} />
        <TextField {...field('timezone')} label={m.fields['timezone']!} help={m.timezoneHelp} optional />
        {shownColumns.map(name => (
          <SelectField
            key={name}
            {...field(name)}
            label={m.columns[name]}
            options={columns}
            optional={name !== 'time' && name !== 'close'}
          />
        ))}
      </Form>
    </Card>
  )
}
