import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { ApiProblem } from '../../client/problem.ts'
import { Button } from '../../components/button.tsx'
import { Form } from '../../components/form.tsx'
import { Loading, Notice, Page } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useForm } from '../../components/use-form.ts'
import { api, useApi } from '../../shell/api.ts'
import { useHouseholds } from '../../shell/household.ts'
import { useLook, useLookIsKnown } from '../../shell/preferences.ts'
import { todayIn } from '../years.ts'
import { type Answers, checkAnswers, noAnswers, questionAnswers, questionOf } from './answers.ts'
import { makePlan } from './make-plan.ts'
import styles from './new.module.css'
import { planOf } from './plan-of.ts'
import { questions } from './questions.tsx'
import { Progress } from './progress.tsx'
import { assumed, planNew as m } from '#messages/plan-new'

const last = questions.length - 1

/** The portfolio models that everybody can use. */
const useModels = () => {
  const { data, error, refetch } = useApi(
    'GET /v1/planning/portfolio-models',
    { query: { limit: 200, sort: 'riskLevel', isActive: true } },
    { staleTime: 300_000 },
  )
  return { models: data?.items.filter(({ published }) => published), error, refetch }
}
type Models = NonNullable<ReturnType<typeof useModels>['models']>

const Assumptions = ({ answers, model }: { readonly answers: Answers; readonly model: string }) => {
  const look = useLook()
  const { assumptions } = planOf(answers, { locale: look.locale, asOfDate: todayIn(look.timezone), knowsCash: true })
  return (
    <section aria-label={assumed.title}>
      <h3>{assumed.title}</h3>
      <ul className={styles['assumed']}>
        {[...assumptions, assumed.invested(model), assumed.returns].map(sentence => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  )
}

/** The title of a question. It gets the focus when the question is opened, or the first answer that is wrong does. */
const QuestionTitle = ({ step }: { readonly step: number }) => {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const invalid = heading.current?.closest('form')?.querySelector<HTMLElement>('[aria-invalid="true"]')
    if (invalid) invalid.focus()
    else {
      heading.current?.focus({ preventScroll: true })
      scrollTo({ top: 0 })
    }
  }, [])
  return (
    <header className={styles['question']}>
      <h2 ref={heading} tabIndex={-1}>
        {m.titles[step]}
      </h2>
      <p>{m.leads[step]}</p>
    </header>
  )
}

/** The five questions and the last look. What was typed is a draft of this tab until the plan is there. */
const Wizard = ({ models }: { readonly models: Models }) => {
  const look = useLook()
  const [, go] = useLocation()
  const { household, households } = useHouseholds()
  const [working, setWorking] = useState('')
  const today = todayIn(look.timezone)
  const target = household?.role === 'viewer' ? households.find(({ role }) => role !== 'viewer') : household

  const make = async (answers: Answers): Promise<void> => {
    const model = models.find(({ riskLevel }) => String(riskLevel) === answers.risk) ?? models[0]!
    const set = await api('GET /v1/planning/assumption-sets/{assumptionSetId}', { params: { assumptionSetId: model.cmaId } })
    const knowsCash = set.assumptions.assets.some(({ key }) => key === 'cash')
    const plan = planOf(answers, { locale: look.locale, asOfDate: today, knowsCash })
    const planId = await makePlan({
      household: target,
      timezone: look.timezone,
      asOfDate: today,
      portfolioModelId: model.id,
      cmaId: model.cmaId,
      plan,
      onStep: setWorking,
    })
    go(`/plans/${planId}`)
  }
  const form = useForm<Answers>({
    initial: noAnswers,
    draft: 'new-plan',
    check: values => checkAnswers(values, { locale: look.locale, today }),
    submit: async values => {
      try {
        await make(values)
      } catch (error) {
        const [first] = error instanceof ApiProblem ? error.problem.errors : []
        if (first && first.path in values) form.set({ step: String(questionOf(values, first.path)) })
        throw error
      } finally {
        setWorking('')
      }
    },
  })
  const step = Math.min(last, Number(form.values.step))

  const show = (wanted: number) => form.set({ step: String(wanted) })
  const next = () => {
    if (form.verify(questionAnswers(form.values)[step] ?? [])) show(step + 1)
  }
  const faults = Object.keys(checkAnswers(form.values, { locale: look.locale, today }))
  const send: typeof form.props.onSubmit = event => {
    if (step < last) {
      event.preventDefault()
      next()
    } else if (faults[0] !== undefined) {
      event.preventDefault()
      form.verify(faults)
      show(questionOf(form.values, faults[0]))
    } else form.props.onSubmit(event)
  }
  const Question = questions[step]!
  const model = models.find(({ riskLevel }) => String(riskLevel) === form.values.risk)?.name ?? ''
  return (
    <div className={styles['wizard']}>
      <Progress step={step} onShow={show} />
      {household?.role === 'viewer' && <Notice>{m.viewer}</Notice>}
      <Form
        form={{ ...form, props: { noValidate: true, onSubmit: send } }}
        submit={step < last ? m.next : form.failure === undefined ? m.make : m.again}
        others={
          <>
            {step > 0 && <Button onClick={() => show(step - 1)}>{m.back}</Button>}
            {step < last && (
              <Button kind="quiet" onClick={() => show(step + 1)}>
                {m.skip}
              </Button>
            )}
          </>
        }
      >
        <QuestionTitle key={step} step={step} />
        <Question form={form} models={models.map(({ name, riskLevel }) => [String(riskLevel), name])} />
        {step === last && <Assumptions answers={form.values} model={model} />}
        {working !== '' && <Notice>{working}</Notice>}
        {form.failure !== undefined && <Notice>{m.keptDraft}</Notice>}
      </Form>
    </div>
  )
}

/** The page that makes a plan in five questions. */
const NewPage = () => {
  const { error, models, refetch } = useModels()
  const { isPending } = useHouseholds()
  const isReady = useLookIsKnown() && !isPending
  return (
    <Page title={m.title} lead={m.lead}>
      {error && <Failure error={error} retry={refetch} />}
      {(!models || !isReady) && !error && <Loading />}
      {models && isReady && <Wizard models={models} />}
    </Page>
  )
}

export default NewPage
