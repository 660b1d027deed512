import { useState } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { CheckboxField, SelectField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { parseNumber } from '../../components/parse-figure.ts'
import { useForm } from '../../components/use-form.ts'
import { useLook } from '../../shell/preferences.ts'
import type { Plan } from '../plan-header.tsx'
import type { LargeRunBody, StartRun } from './use-start-run.ts'
import { runDialog as m } from '#messages/plan-results'
import { form as words } from '#messages/shell'

const inputs = [
  'spending',
  'retirementAge',
  'meanReturn',
  'volatility',
  'inflation',
  'fees',
  'openingBalances',
  'socialSecurity',
  'lifespan',
] as const

interface Fields extends Readonly<Record<string, string | boolean>> {
  readonly iterations: string
  readonly kind: string
  readonly degrees: string
  readonly seed: string
  readonly sensitivities: boolean
}

/** What the form asks for, as a request. */
const bodyOf = ({ degrees, iterations, kind, seed, sensitivities }: Fields, locale: string): LargeRunBody => ({
  iterations: Number(parseNumber(iterations, locale)),
  ...(seed.trim() === '' ? {} : { randomSeed: seed.trim() }),
  returnModel: kind === 'student_t' ? { kind: 'student_t', degreesOfFreedom: Number(parseNumber(degrees, locale)) } : { kind: 'lognormal' },
  ...(sensitivities ? { sensitivities: [...inputs] } : {}),
})

const names: Readonly<Record<string, string>> = {
  randomSeed: 'seed',
  'returnModel.degreesOfFreedom': 'degrees',
  returnModel: 'kind',
}

/** Runs with other settings than those of the plan: many paths, other returns, and what matters most. */
export const RunDialog = ({
  isHousehold,
  onClose,
  plan,
  startWith,
}: {
  readonly plan: Plan
  readonly isHousehold: boolean
  readonly startWith: StartRun['startWith']
  readonly onClose: () => void
}) => {
  const look = useLook()
  const [initial] = useState<Fields>({
    iterations: String(plan.monteCarloIterations),
    kind: 'lognormal',
    degrees: '5',
    seed: '',
    sensitivities: false,
  })
  const form = useForm<Fields>({
    initial,
    check: ({ degrees, iterations, kind }) => {
      const paths = Number(parseNumber(iterations, look.locale) ?? Number.NaN)
      return {
        ...(paths >= 100 && paths <= 1_000_000 && Number.isInteger(paths) ? {} : { iterations: m.tooFew }),
        ...(kind === 'student_t' && parseNumber(degrees, look.locale) === undefined ? { degrees: words.notNumber } : {}),
      }
    },
    fieldOf: path => {
      const name = path.replace(/^body\./, '')
      return names[name] ?? name
    },
    submit: async (values, key) => {
      await startWith(bodyOf(values, look.locale), key)
      onClose()
    },
  })
  return (
    <Dialog title={m.title} onClose={onClose}>
      <Form form={form} submit={m.submit} onCancel={onClose}>
        <TextField {...form.text('iterations')} label={m.paths} help={m.pathsHelp} inputMode="numeric" />
        <SelectField
          {...form.text('kind')}
          label={m.model}
          help={m.modelHelp}
          options={[
            ['lognormal', m.models.lognormal],
            ['student_t', m.models.student_t],
          ]}
        />
        {form.values.kind === 'student_t' && (
          <TextField {...form.text('degrees')} label={m.degrees} help={m.degreesHelp} inputMode="decimal" />
        )}
        <TextField {...form.text('seed')} label={m.seed} help={m.seedHelp} inputMode="numeric" optional />
        {isHousehold && <CheckboxField {...form.checkbox('sensitivities')} label={m.sensitivities} help={m.sensitivitiesHelp} />}
      </Form>
    </Dialog>
  )
}
