import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { DateField, PercentField, SelectField, TextAreaField, TextField } from '../../components/field.tsx'
import { formatPercent } from '../../components/format.ts'
import { Form } from '../../components/form.tsx'
import { useConflict } from '../../components/use-conflict.tsx'
import { dropDraft, useForm } from '../../components/use-form.ts'
import { useApi } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { noteGone } from '../inputs/requests.ts'
import type { Plan } from '../plan-header.tsx'
import { AssumptionFigures } from './assumption-figures.tsx'
import styles from './edit.module.css'
import { storeTerms } from './store-terms.ts'
import { checkTerms, type TermName, termNames, termsPatch, type TermsValues, termsValues } from './terms-values.ts'
import { planTerms as m } from '#messages/plan-edit'
import { planStatus } from '#messages/planning'

const statuses = Object.entries<string>(planStatus)

/** The name of the draft of a plan’s terms. */
export const termsDraft = (planId: string): string => `plan-terms:${planId}`

/** The terms of a plan as one text: it changes when one of them does. */
export const termsKey = (plan: Plan): string => JSON.stringify(termNames.map(name => plan[name]))

/** The portfolio models and the assumption sets that a plan can have. The chosen ones stay, even when they are no longer offered. */
export const useOffers = () => {
  const models = useApi('GET /v1/planning/portfolio-models', { query: { limit: 200, sort: 'riskLevel' } }).data?.items ?? []
  const sets = useApi('GET /v1/planning/assumption-sets', { query: { limit: 200, sort: 'name' } }).data?.items ?? []
  return { models, sets }
}

/** The terms of a plan. Fields are those of the version that was there when the form was opened. */
export const TermsForm = ({ plan: given, onStored }: { readonly plan: Plan; readonly onStored: (plan: Plan) => void }) => {
  const [plan] = useState(given)
  const look = useLook()
  const { models, sets } = useOffers()
  const { ask, dialog } = useConflict()
  const [showsFigures, setShowsFigures] = useState(false)
  const initial = termsValues(plan, look)
  const nameOf = (id: string) => [...models, ...sets].find(each => each.id === id)?.name
  const form = useForm<TermsValues>({
    initial,
    draft: termsDraft(plan.id),
    check: values => checkTerms(values, look),
    fieldOf: path => path.replace(/^body\./, '').replace(/\.\d+$/, ''),
    submit: async values => {
      const body = termsPatch(values, initial, look)
      const stored = Object.keys(body).length === 0 ? plan : await storeTerms(plan, body, { look, nameOf, ask }).catch(noteGone)
      dropDraft(termsDraft(plan.id))
      onStored(stored)
    },
  })
  const field = (name: TermName) => {
    const { help, label } = m.fields[name]
    return { ...form.text(name), label, ...(help === undefined ? {} : { help }) }
  }
  const offered = models.filter(model => model.isActive || model.id === form.values.portfolioModelId)
  const approved = sets.filter(set => (set.isActive && set.status === 'approved') || set.id === form.values.cmaId)
  return (
    <>
      <Form form={form} submit={m.save}>
        <div className={styles['columns']}>
          <TextField {...field('name')} />
          <SelectField {...field('status')} options={statuses} />
          <SelectField
            {...field('portfolioModelId')}
            options={offered.map(({ expectedReturn, id, name, volatility }) => [
              id,
              m.model(name, formatPercent(expectedReturn, look), formatPercent(volatility, look)),
            ])}
          />
          <TextField {...field('planningHorizonYears')} inputMode="numeric" />
          <DateField {...field('asOfDate')} />
          <div className={styles['stack']}>
            <SelectField {...field('cmaId')} options={approved.map(({ id, name }) => [id, name])} />
            <p>
              <Button kind="quiet" onClick={() => setShowsFigures(true)}>
                {m.figures}
              </Button>
            </p>
          </div>
        </div>
        <SelectField {...field('followsAccounts')} options={Object.entries(m.follows)} />
        <TextAreaField {...field('description')} optional rows={2} />
        <details>
          <summary className={styles['summary']}>{m.more}</summary>
          <div className={styles['columns']}>
            <TextField {...field('monteCarloIterations')} inputMode="numeric" />
            <TextField {...field('randomSeed')} inputMode="numeric" />
            <SelectField {...field('stepsPerYear')} options={Object.entries(m.steps)} />
            <PercentField {...field('confidenceLevel')} />
            <TextField {...field('tags')} optional />
            <TextField {...field('category')} optional />
          </div>
        </details>
      </Form>
      {showsFigures && <AssumptionFigures assumptionSetId={form.values.cmaId} onClose={() => setShowsFigures(false)} />}
      {dialog}
    </>
  )
}
