import { useState } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { CheckboxField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Loading } from '../../components/page.tsx'
import { parseNumber } from '../../components/parse-figure.ts'
import { Failure } from '../../components/problem.tsx'
import { useForm } from '../../components/use-form.ts'
import { useApi } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import type { Plan } from '../plan-header.tsx'
import { checkModel, fieldOfModel, fitting, initialModel, type ModelFields, type Past, requestedModel } from './return-model.ts'
import { ReturnModelFields } from './return-model-fields.tsx'
import { isHouseholdPlan, readInputs, type StoredInput } from './stored-input.ts'
import { assetsOf } from './stresses.ts'
import type { LargeRunBody, StartRun } from './use-start-run.ts'
import { runDialog as m } from '#messages/plan-run'

const movedInputs = [
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

interface Fields extends ModelFields {
  readonly iterations: string
  readonly seed: string
  readonly sensitivities: boolean
}

/** What the form asks for, as a request. A replay of history has one path for each start year, so it takes no number of paths. */
const bodyOf = (values: Fields, past: Past | undefined, locale: string): LargeRunBody => ({
  ...(values.kind === 'historical_replay' ? {} : { iterations: Number(parseNumber(values.iterations, locale)) }),
  ...(values.seed.trim() === '' ? {} : { randomSeed: values.seed.trim() }),
  returnModel: requestedModel(values, past, locale),
  ...(values.sensitivities ? { sensitivities: [...movedInputs] } : {}),
})

/** The datasets that fit a plan; undefined until they are read. */
const usePast = (plan: Plan, inputs: readonly StoredInput[]) => {
  const { data, error, refetch } = useApi('GET /v1/market/return-datasets', { query: { limit: 1000, sort: 'name' } })
  const {
    data: model,
    error: modelError,
    refetch: readModel,
  } = useApi('GET /v1/planning/portfolio-models/{portfolioModelId}', { params: { portfolioModelId: plan.portfolioModelId } })
  const allocation = model?.assetAllocation ?? {}
  const assets = assetsOf(readInputs(inputs), allocation)
  const past: Past | undefined = data && model && { assets, allocation, datasets: fitting(data.items, assets) }
  return { past, error: error ?? modelError, retry: () => Promise.all([refetch(), readModel()]) }
}

/** Runs with other settings than those of the plan: many paths, other returns, and what matters most. */
export const RunDialog = ({
  inputs: stored,
  onClose,
  plan,
  startWith,
}: {
  readonly plan: Plan
  readonly inputs: readonly StoredInput[]
  readonly startWith: StartRun['startWith']
  readonly onClose: () => void
}) => {
  const look = useLook()
  const { error, past, retry } = usePast(plan, stored)
  const [initial] = useState<Fields>({
    ...initialModel,
    iterations: String(plan.monteCarloIterations),
    seed: '',
    sensitivities: false,
  })
  const form = useForm<Fields>({
    initial,
    check: values => {
      const paths = Number(parseNumber(values.iterations, look.locale) ?? Number.NaN)
      const isPossible = values.kind === 'historical_replay' || (paths >= 100 && paths <= 1_000_000 && Number.isInteger(paths))
      return {
        ...(isPossible ? {} : { iterations: m.tooFew }),
        ...checkModel(values, past, { locale: look.locale, stepsPerYear: plan.stepsPerYear }),
      }
    },
    fieldOf: path => {
      const name = path.replace(/^body\./, '')
      return name === 'randomSeed' ? 'seed' : name.startsWith('returnModel') ? fieldOfModel(name) : name
    },
    submit: async (values, key) => {
      await startWith(bodyOf(values, past, look.locale), key)
      onClose()
    },
  })
  return (
    <Dialog title={m.title} onClose={onClose}>
      <Form form={form} submit={m.submit} onCancel={onClose}>
        <ReturnModelFields form={form} past={past} waiting={error ? <Failure error={error} retry={retry} /> : <Loading />} />
        {form.values.kind !== 'historical_replay' && (
          <TextField {...form.text('iterations')} label={m.paths} help={m.pathsHelp} inputMode="numeric" />
        )}
        <TextField {...form.text('seed')} label={m.seed} help={m.seedHelp} inputMode="numeric" optional />
        {isHouseholdPlan(stored) && (
          <CheckboxField {...form.checkbox('sensitivities')} label={m.sensitivities} help={m.sensitivitiesHelp} />
        )}
      </Form>
    </Dialog>
  )
}
