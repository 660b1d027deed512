import { useLocation } from 'wouter'
import { DateField, PercentField, SelectField, TextAreaField, TextField } from '../../components/field.tsx'
import { FieldGroup } from '../../components/field-group.tsx'
import { Form } from '../../components/form.tsx'
import { Card } from '../../components/page.tsx'
import { RowList } from '../../components/row-fields.tsx'
import { type Form as FormState, useForm } from '../../components/use-form.ts'
import { api } from '../../shell/api.ts'
import type { Household } from '../../shell/household.ts'
import { useLook } from '../../shell/preferences.ts'
import { showToast } from '../../shell/toasts.ts'
import { todayIn } from '../years.ts'
import { CorrelationField, CorrelationTable } from './correlation-table.tsx'
import { refreshSets } from './requests.ts'
import {
  assetField,
  checkSet,
  fieldsOf,
  inflationField,
  pairField,
  rowsOf,
  setBody,
  setFieldOf,
  setValues,
  type SetValues,
  withAsset,
  withoutAsset,
} from './set-values.ts'
import type { AssumptionSet } from './stages.ts'
import { set as words, setForm as m } from '#messages/plan-assumptions'

type SetFormState = FormState<SetValues>

const Assets = ({ form }: { readonly form: SetFormState }) => {
  const { error, id } = form.text('assets')
  const rows = rowsOf(form.values)
  return (
    <RowList
      id={id}
      error={error}
      legend={m.assets}
      help={m.assetsHelp}
      count={rows.length}
      add={m.addAsset}
      nameOf={m.asset}
      removeWords={m.removeAsset}
      onAdd={() => form.set(fieldsOf(withAsset(rows)))}
      onRemove={index => form.set(fieldsOf(withoutAsset(rows, index)))}
    >
      {index => (
        <>
          <TextField {...form.text(assetField(index, 'name'))} label={m.assetName} />
          <PercentField {...form.text(assetField(index, 'mean'))} label={m.mean} />
          <PercentField {...form.text(assetField(index, 'volatility'))} label={m.volatility} />
          <TextField {...form.text(assetField(index, 'key'))} label={m.key} placeholder={m.keyHelp} optional />
        </>
      )}
    </RowList>
  )
}

const Correlations = ({ form }: { readonly form: SetFormState }) => {
  const { error, id } = form.text('correlation')
  const rows = rowsOf(form.values)
  const names = rows.map(({ name }, index) => name.trim() || m.asset(index + 1))
  const all = [...names, words.inflation]
  const nameAt = (row: number, column: number) => (row === rows.length ? inflationField(column) : pairField(row, column))
  const fieldAt = (row: number, column: number) => {
    const field = form.text(nameAt(row, column))
    // A field that nobody has filled in yet has no value.
    return { ...field, value: form.values[field.name] ?? '' }
  }
  const faults = all.flatMap((name, row) =>
    names.slice(0, row).flatMap((other, column) => {
      const { error: fault } = fieldAt(row, column)
      return fault === undefined ? [] : [`${m.correlation(name, other)}: ${fault}`]
    }),
  )
  return (
    <FieldGroup
      id={id}
      legend={m.correlations}
      help={m.correlationsHelp}
      error={[...(error === undefined ? [] : [error]), ...faults].join(' ') || undefined}
    >
      <CorrelationTable
        label={m.correlations}
        names={names}
        cell={(row, column) => {
          return <CorrelationField key={column} {...fieldAt(row, column)} label={m.correlation(all[row]!, names[column]!)} />
        }}
      />
    </FieldGroup>
  )
}

/** Makes an assumption set, with the figures of another one to begin with. */
export const SetForm = ({
  basis,
  households,
}: {
  readonly basis: AssumptionSet | undefined
  readonly households: readonly Household[]
}) => {
  const look = useLook()
  const [, navigate] = useLocation()
  const form = useForm<SetValues>({
    initial: setValues(basis, { householdId: households[0]!.id, look, today: todayIn(look.timezone) }),
    draft: `new-assumption-set ${basis?.id ?? ''}`,
    check: values => checkSet(values, look),
    fieldOf: setFieldOf,
    submit: async (values, idempotencyKey) => {
      const set = await api('POST /v1/planning/assumption-sets', { body: setBody(values, look), idempotencyKey })
      await refreshSets()
      showToast({ kind: 'good', text: m.stored(set.name) })
      navigate(`/assumptions/${set.id}`)
    },
  })
  return (
    <Card>
      <Form form={form} submit={m.store} columns>
        {households.length > 1 && (
          <SelectField {...form.text('householdId')} label={m.household} options={households.map(({ id, name }) => [id, name])} />
        )}
        <TextField {...form.text('name')} label={m.name} />
        <TextField {...form.text('version')} label={m.version} help={m.versionHelp} />
        <DateField {...form.text('effectiveDate')} label={m.effectiveDate} />
        <DateField {...form.text('reviewDate')} label={m.reviewDate} optional />
        <TextField {...form.text('source')} label={m.source} help={m.sourceHelp} optional />
        <TextAreaField {...form.text('methodology')} label={m.methodology} help={m.methodologyHelp} rows={2} optional />
        <TextAreaField {...form.text('description')} label={m.description} help={m.descriptionHelp} rows={2} optional />
        <Assets form={form} />
        <PercentField {...form.text('inflationMean')} label={m.inflationMean} />
        <PercentField {...form.text('inflationVolatility')} label={m.inflationVolatility} />
        <Correlations form={form} />
      </Form>
    </Card>
  )
}
