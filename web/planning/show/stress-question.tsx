import { useState } from 'react'
import { CheckboxField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Section } from '../../components/page.tsx'
import { useForm } from '../../components/use-form.ts'
import { api, useApi } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import type { Plan } from '../plan-header.tsx'
import { Asked } from './asked.tsx'
import { checkOwn, fieldOfOwn, initialOwn, type OwnFields, ownStress } from './own-stress.ts'
import { OwnStressFields } from './own-stress-fields.tsx'
import { PrecisionField } from './precision-field.tsx'
import type { ReadInput } from './stored-input.ts'
import { assetsOf, peopleOf, readyStresses, type Stress } from './stresses.ts'
import { StressWords } from './stress-words.tsx'
import { useAsk } from './use-ask.ts'
import { stress as m } from '#messages/plan-analyses'

interface Question {
  readonly stresses: readonly Stress[]
  readonly iterations: number
}

/** Stresses a plan: with events that are ready-made, and with one of the person's own. */
export const StressQuestion = ({ inputs, plan }: { readonly plan: Plan; readonly inputs: readonly ReadInput[] }) => {
  const look = useLook()
  const { data: datasets } = useApi('GET /v1/market/return-datasets', { query: { limit: 100 } })
  const { data: model } = useApi('GET /v1/planning/portfolio-models/{portfolioModelId}', {
    params: { portfolioModelId: plan.portfolioModelId },
  })
  const [people] = useState(() => peopleOf(inputs, plan.asOfDate))
  const [ready] = useState(() => readyStresses(people))
  const assets = assetsOf(inputs, model?.assetAllocation ?? null)
  const asking = useAsk(({ iterations, stresses }: Question, signal) =>
    api('POST /v1/planning/plans/{planId}/stress-tests', {
      params: { planId: plan.id },
      body: { stresses: [...stresses], iterations },
      signal,
    }),
  )
  const chosen = (values: OwnFields): readonly Stress[] => {
    const own = ownStress(values, { assets, datasets: datasets?.items ?? [], look })
    return [...ready.filter((_, index) => values[`ready${index}`] === true), ...(own ? [own] : [])]
  }
  const form = useForm<OwnFields>({
    initial: {
      ...initialOwn(people),
      iterations: '1000',
      ...Object.fromEntries(ready.map((_, index) => [`ready${index}`, index < 3])),
    },
    check: values => ({
      ...checkOwn(values, look.locale),
      ...(values['kind'] === 'none' && chosen(values).length === 0 ? { ready0: m.chooseOne } : {}),
    }),
    fieldOf: path => fieldOfOwn(path),
    submit: values => asking.ask({ stresses: chosen(values), iterations: Number(values['iterations']) }),
  })
  return (
    <Section title={m.title} lead={m.lead}>
      <Form form={form} submit={m.ask} columns>
        {ready.map(({ name }, index) => (
          <CheckboxField key={name} {...form.checkbox(`ready${index}`)} label={name} />
        ))}
        <OwnStressFields form={form} people={people} assets={assets} datasets={datasets?.items ?? []} />
        <PrecisionField {...form.text('iterations')} />
      </Form>
      <Asked asking={asking}>{answer => <StressWords stresses={answer.stresses} />}</Asked>
    </Section>
  )
}
