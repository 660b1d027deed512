import { SelectField } from '../../components/field.tsx'
import type { FieldProps } from '../../components/use-form.ts'
import { ask as m } from '#messages/plan-analyses'

/** How many futures each simulation of a question has. */
export const PrecisionField = ({
  ...field
}: FieldProps & {
  readonly value: string
  readonly onChange: (value: string) => void
}) => (
  <SelectField
    {...field}
    label={m.precision}
    help={m.precisionHelp}
    options={(['300', '1000', '3000'] as const).map(count => [count, m.precisions[count]] as const)}
  />
)
