import { PercentField, SelectField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Section } from '../../components/page.tsx'
import { parsePercent } from '../../components/parse-figure.ts'
import { useForm } from '../../components/use-form.ts'
import { api } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { Asked } from './asked.tsx'
import { PrecisionField } from './precision-field.tsx'
import { type Question, SolutionWords } from './solution-words.tsx'
import { useAsk } from './use-ask.ts'
import { ask as words, solve as m } from '#messages/plan-analyses'
import { form as formWords } from '#messages/shell'

interface Fields extends Readonly<Record<string, string>> {
  readonly solve: string
  readonly successRate: string
  readonly stepMonths: string
  readonly taxRateAtEnd: string
  readonly iterations: string
}

const kinds = Object.keys(m.questions) as (keyof typeof m.questions)[]
const isGrid = (solve: string): boolean => solve === 'claiming_ages' || solve === 'roth_conversions'

/** What the form asks. The grids try many choices, so their simulations are small. */
const questionOf = ({ iterations, solve, stepMonths, successRate, taxRateAtEnd }: Fields, locale: string): Question => {
  const fraction = (text: string) => Number(parsePercent(text, locale))
  const common = { iterations: Number(iterations) }
  switch (solve) {
    case 'claiming_ages':
      return { solve, iterations: 300, stepMonths: stepMonths === '12' ? 12 : stepMonths === '48' ? 48 : 24 }
    case 'roth_conversions':
      return { solve, iterations: 300, taxRateAtEnd: fraction(taxRateAtEnd) }
    case 'earliest_retirement':
    case 'required_saving':
      return { solve, successRate: fraction(successRate), ...common }
    default:
      return { solve: 'sustainable_spending', successRate: fraction(successRate), ...common }
  }
}

/** Solves for what would have to be so that the plan works often enough. */
export const SolveQuestion = ({ asOfYear, planId }: { readonly planId: string; readonly asOfYear: number }) => {
  const look = useLook()
  const asking = useAsk((body: Question, signal) => api('POST /v1/planning/plans/{planId}/solutions', { params: { planId }, body, signal }))
  const form = useForm<Fields>({
    initial: { solve: 'sustainable_spending', successRate: '90', stepMonths: '24', taxRateAtEnd: '22', iterations: '1000' },
    check: values => {
      const name = isGrid(values.solve) ? 'taxRateAtEnd' : 'successRate'
      return parsePercent(values[name] ?? '', look.locale) === undefined ? { [name]: formWords.notPercent } : {}
    },
    submit: values => asking.ask(questionOf(values, look.locale)),
  })
  const { solve } = form.values
  return (
    <Section title={m.title}>
      <Form form={form} submit={words.ask} columns>
        <SelectField {...form.text('solve')} label={m.question} options={kinds.map(kind => [kind, m.questions[kind]] as const)} />
        {!isGrid(solve) && <PercentField {...form.text('successRate')} label={m.rate} help={m.rateHelp} />}
        {!isGrid(solve) && <PrecisionField {...form.text('iterations')} />}
        {solve === 'claiming_ages' && (
          <SelectField
            {...form.text('stepMonths')}
            label={m.step}
            options={(['12', '24', '48'] as const).map(step => [step, m.steps[step]] as const)}
          />
        )}
        {solve === 'roth_conversions' && <PercentField {...form.text('taxRateAtEnd')} label={m.taxAtEnd} help={m.taxAtEndHelp} />}
      </Form>
      <Asked asking={asking}>{(answer, question) => <SolutionWords solution={answer} question={question} asOfYear={asOfYear} />}</Asked>
    </Section>
  )
}
