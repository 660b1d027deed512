import { plot } from 'simple-ascii-chart'
import type { Demo } from './demo.ts'

const dollars = (value: number) => `$${Math.round(value / 1000).toLocaleString('en-US')}k`
const percent = (value: number) => `${(100 * value).toFixed(1)} %`

type Result = NonNullable<Demo['run']['result']>

/** The bands of a run in money of the as-of date, as lines over plan years: 10th, 50th and 90th percentile. */
const chart = ({ bands: { percentiles, real } }: Result, years: number): string => {
  const lines = [0.1, 0.5, 0.9].map(fraction => real[percentiles.indexOf(fraction)]!.map((value, year): [number, number] => [year, value]))
  const top = Math.max(...lines.flat().map(([, value]) => value))
  return plot(lines, {
    width: 64,
    height: 14,
    yRange: [0, top],
    customYAxisTicks: [0, top / 4, top / 2, (3 * top) / 4, top],
    title: 'Portfolio in today’s money, by plan year',
    ...(process.stdout.isTTY ? { color: ['ansiRed', 'ansiCyan', 'ansiGreen'] } : {}),
    legend: { position: 'bottom', series: ['10th percentile', 'median', '90th percentile'] },
    formatter: (value, { axis }) => (axis === 'y' ? dollars(value) : Math.round(value)),
    customXAxisTicks: Array.from({ length: Math.floor(years / 10) + 1 }, (_, decade) => decade * 10),
  })
}

/**
 * The page that signs the demonstration user in at the press of a button. A browser sends the part after `#` to no server. Passkeys work on
 * `localhost` and not on an address in numbers.
 */
export const pageAddress = (url: string, { email, password }: Demo): string =>
  `${url.replace('127.0.0.1', 'localhost')}/sign-in#${new URLSearchParams({ email, password }).toString()}`

/** The text at the end of a start: the simulated plan, and where to go next. */
export const report = (url: string, demo: Demo): string => {
  const { result } = demo.run
  if (!result) throw new Error(`The run ${demo.run.id} has no result: ${demo.run.error}`)
  const { interval, probability } = result.success
  const real = result.endingWealth.real
  const median = real.percentiles[result.bands.percentiles.indexOf(0.5)]!
  return `
${chart(result, demo.plan.planningHorizonYears)}
  ${demo.plan.name}: ${demo.plan.planningHorizonYears} years from ${demo.plan.asOfDate}, ${result.paths.toLocaleString('en-US')} paths in ${demo.run.computationTimeMs} ms
  Success      ${percent(probability)}   (95 % interval ${percent(interval.lower)} to ${percent(interval.upper)})
  At the end   median ${dollars(median)}, mean ${dollars(real.mean)} in today’s money
  Output hash  ${demo.run.outputHash}

  Open         ${pageAddress(url, demo)}
  API          ${url}          health: ${url}/ready
  To read      ${url}/docs     machine-readable: ${url}/openapi.json
  Sign in as   ${demo.email}  password ${demo.password}
  A token      curl -s ${url}/v1/identity/sessions -H 'content-type: application/json' \\
                 -d '{"email":"${demo.email}","password":"${demo.password}"}'
`
}
