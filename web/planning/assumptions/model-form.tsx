import { CheckboxField, PercentField, TextAreaField, TextField } from '../../components/field.tsx'
import { FieldGroup, Fields } from '../../components/field-group.tsx'
import { formatPercent } from '../../components/format.ts'
import type { Form as FormState } from '../../components/use-form.ts'
import { useLook } from '../../shell/preferences.ts'
import { type ModelValues, sumOfWeights, weightField } from './model-values.ts'
import type { AssumptionSet } from './stages.ts'
import { modelForm as m } from '#messages/plan-assumptions'

type Assets = AssumptionSet['assumptions']['assets']

/** The fields of a portfolio model of a set with these asset classes. */
export const ModelFields = ({
  assets,
  form,
  isNew,
}: {
  readonly form: FormState<ModelValues>
  readonly assets: Assets
  /** A new model is always offered. */
  readonly isNew: boolean
}) => {
  const look = useLook()
  const { error, id } = form.text('assetAllocation')
  const keys = assets.map(({ key }) => key)
  return (
    <>
      <TextField {...form.text('name')} label={m.name} />
      <TextField {...form.text('riskLevel')} label={m.risk} help={m.riskHelp} inputMode="numeric" />
      <TextAreaField {...form.text('description')} label={m.description} rows={2} optional />
      {!isNew && <CheckboxField {...form.checkbox('isActive')} label={m.active} />}
      <FieldGroup id={id} legend={m.weights} help={m.sum(formatPercent(sumOfWeights(form.values, keys, look), look, 2))} error={error}>
        <Fields>
          {assets.map(({ key, name }) => (
            <PercentField key={key} {...form.text(weightField(key))} label={name} placeholder="0" />
          ))}
        </Fields>
      </FieldGroup>
    </>
  )
}
