import { HeatMap } from '../../charts/heat-map.tsx'
import { SelectField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { formatPercent } from '../../components/format.ts'
import { Section } from '../../components/page.tsx'
import { useForm } from '../../components/use-form.ts'
import { api } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { Asked } from './asked.tsx'
import { useAsk } from './use-ask.ts'
import { heatMap as m, inputNames, inputSteps } from '#messages/plan-analyses'

type Input = keyof typeof inputNames
interface Question {
  readonly rows: Input
  readonly columns: Input
}

const options = (Object.keys(inputNames) as Input[]).map(input => [input, inputNames[input]] as const)
/** Paths of each of the 25 simulations. */
const paths = 300

/** How often the plan works when two inputs move together. */
export const HeatMapQuestion = ({ planId }: { readonly planId: string }) => {
  const look = useLook()
  // The tornado comes with the answer. One input of it is the least that can be asked for.
  const asking = useAsk(({ columns, rows }: Question, signal) =>
    api('POST /v1/planning/plans/{planId}/sensitivities', {
      params: { planId },
      body: { iterations: paths, inputs: [rows], heatMap: { rows, columns } },
      signal,
    }),
  )
  const form = useForm({
    initial: { rows: 'spending', columns: 'retirementAge' },
    check: ({ columns, rows }) => (columns === rows ? { columns: m.differ } : {}),
    fieldOf: path => path.replace(/^body\.heatMap\./, ''),
    submit: ({ columns, rows }) => asking.ask({ rows: rows as Input, columns: columns as Input }),
  })
  return (
    <Section title={m.title} lead={m.lead}>
      <Form form={form} submit={m.ask} columns>
        <SelectField {...form.text('rows')} label={m.rows} options={options} />
        <SelectField {...form.text('columns')} label={m.columns} options={options} />
      </Form>
      <Asked asking={asking}>
        {({ heatMap }) => {
          if (!heatMap) return null
          const rates = heatMap.success.flat().flatMap(cell => (cell ? [cell.rate] : []))
          const percent = (value: number) => formatPercent(value, look, 0)
          const stepWords = (step: number) => (step === 0 ? m.plan : m.steps(step > 0 ? `+${step}` : `−${-step}`))
          return (
            <>
              <p>
                {[heatMap.rows, heatMap.columns]
                  .map(input => m.oneStep(inputNames[input], inputSteps[input][0], inputSteps[input][1]))
                  .join(' ')}
              </p>
              <HeatMap
                title={m.chart}
                summary={m.summary(percent(Math.max(...rates)), percent(Math.min(...rates)))}
                corner={m.corner(inputNames[heatMap.rows], inputNames[heatMap.columns])}
                rows={heatMap.steps.map(stepWords)}
                columns={heatMap.steps.map(stepWords)}
                cells={heatMap.success.map(row =>
                  row.map(cell =>
                    cell
                      ? {
                          value: cell.rate,
                          words: percent(cell.rate),
                          title: m.cell(percent(cell.rate), percent(cell.lower), percent(cell.upper)),
                        }
                      : { value: null, words: m.impossible, title: m.impossible },
                  ),
                )}
              />
            </>
          )
        }}
      </Asked>
    </Section>
  )
}
