import { TornadoChart } from '../../charts/tornado-chart.tsx'
import { formatPercent } from '../../components/format.ts'
import { useLook } from '../../shell/preferences.ts'
import type { Result } from './results.ts'
import { points } from './success-difference.tsx'
import { inputNames, inputSteps, tornado as m } from '#messages/plan-analyses'

type Sensitivities = NonNullable<Result['sensitivities']>

/** How much each input moves the share of success, the widest first. */
export const Tornado = ({ sensitivities }: { readonly sensitivities: Sensitivities }) => {
  const look = useLook()
  const first = sensitivities[0]
  if (!first || first.swing === 0) return <p>{m.nothing}</p>
  const rates = [first.low.success.second, first.high.success.second].toSorted((a, b) => a - b)
  return (
    <TornadoChart
      title={m.chart}
      summary={m.summary(inputNames[first.input], formatPercent(rates[0]!, look), formatPercent(rates[1]!, look))}
      header={[m.input, m.down, m.up]}
      rows={sensitivities.map(({ high, input, low }) => ({
        name: inputNames[input],
        low: low.success.difference.estimate,
        high: high.success.difference.estimate,
        lowName: inputSteps[input][0],
        highName: inputSteps[input][1],
      }))}
      words={value => points(value, look)}
    />
  )
}
