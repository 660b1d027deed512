import { PercentField, SelectField, TextField } from '../components/field.tsx'
import { Form } from '../components/form.tsx'
import { formatNumber } from '../components/format.ts'
import { parseNumber } from '../components/parse-figure.ts'
import { RowFields, rowField } from '../components/row-fields.tsx'
import { type Form as FormState, useForm } from '../components/use-form.ts'
import { api } from '../shell/api.ts'
import { type Look, useLook } from '../shell/preferences.ts'
import { showToast } from '../shell/toasts.ts'
import { refreshAccounts } from './change-account.ts'
import type { Heirs, Rank } from './heir-ranks.ts'
import { usePeople } from './use-household-data.ts'
import { heirs as m } from '#messages/accounts'
import { form as words } from '#messages/shell'

interface Row {
  /** The id of a person of the household; empty for somebody else. */
  readonly personId: string
  readonly name: string
  readonly kind: string
  readonly share: string
}

/** The rows of a rank are one value of the form. */
type Values = Readonly<Record<Rank, string>>

const rowsOf = (text: string): readonly Row[] => JSON.parse(text) as readonly Row[]

const textOf = (heirs: Heirs[Rank], look: Look): string =>
  JSON.stringify(
    heirs.map(
      ({ kind, name, personId, share }): Row => ({
        personId: personId ?? '',
        name: personId === null ? name : '',
        kind,
        share: formatNumber(share, look, 3),
      }),
    ),
  )

const bodyOf = (text: string, look: Look) =>
  rowsOf(text).map(({ kind, name, personId, share }) => ({
    ...(personId === '' ? { name: name.trim(), kind: kind as Heirs[Rank][number]['kind'] } : { personId }),
    share: parseNumber(share, look.locale)!,
  }))

const faultOf = (text: string, look: Look): string | undefined => {
  const rows = rowsOf(text)
  if (rows.some(({ name, personId }) => personId === '' && name.trim() === '')) return words.required
  return rows.some(({ share }) => parseNumber(share, look.locale) === undefined) ? words.notPercent : undefined
}

const Ranked = ({ form, householdId, rank }: { readonly form: FormState<Values>; readonly householdId: string; readonly rank: Rank }) => {
  const { people } = usePeople(householdId)
  const { error, id, onChange, value } = form.text(rank)
  return (
    <RowFields<Row>
      id={id}
      error={error}
      legend={m[rank]}
      help={rank === 'primary' ? m.primaryHelp : m.contingentHelp}
      rows={rowsOf(value)}
      onChange={rows => onChange(JSON.stringify(rows))}
      add={m.add}
      makeRow={() => ({ personId: people[0]?.id ?? '', name: '', kind: 'person', share: rowsOf(value).length === 0 ? '100' : '' })}
      nameOf={number => `${m[rank]}: ${m.row(number)}`}
      removeWords={number => `${m[rank]}: ${m.remove(number)}`}
    >
      {(row, change, index) => (
        <>
          <SelectField
            {...rowField(id, index, 'personId')}
            label={m.who}
            value={row.personId}
            options={[...people.map(each => [each.id, each.name] as const), ['', m.somebodyElse]]}
            onChange={personId => change({ personId })}
          />
          {row.personId === '' && (
            <>
              <TextField {...rowField(id, index, 'name')} label={m.name} value={row.name} onChange={name => change({ name })} />
              <SelectField
                {...rowField(id, index, 'kind')}
                label={m.kind}
                value={row.kind}
                options={Object.entries(m.kinds)}
                onChange={kind => change({ kind })}
              />
            </>
          )}
          <PercentField {...rowField(id, index, 'share')} label={m.share} value={row.share} onChange={share => change({ share })} />
        </>
      )}
    </RowFields>
  )
}

/** Replaces the beneficiaries of an account. */
export const HeirForm = ({
  heirs,
  householdId,
  onClose,
}: {
  readonly heirs: Heirs
  readonly householdId: string
  readonly onClose: () => void
}) => {
  const look = useLook()
  const form = useForm<Values>({
    initial: { primary: textOf(heirs.primary, look), contingent: textOf(heirs.contingent, look) },
    check: values => ({ primary: faultOf(values.primary, look), contingent: faultOf(values.contingent, look) }),
    fieldOf: path => path.replace(/^body\./, '').replace(/\..*$/, ''),
    submit: async values => {
      await api('PUT /v1/wealth/accounts/{accountId}/beneficiaries', {
        params: { accountId: heirs.accountId },
        body: { primary: bodyOf(values.primary, look), contingent: bodyOf(values.contingent, look) },
        ifMatch: heirs.version,
      })
      await refreshAccounts()
      showToast({ kind: 'good', text: m.stored })
      onClose()
    },
  })
  return (
    <Form form={form} submit={m.store} onCancel={onClose}>
      <Ranked form={form} householdId={householdId} rank="primary" />
      <Ranked form={form} householdId={householdId} rank="contingent" />
    </Form>
  )
}
